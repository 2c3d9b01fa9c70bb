"""python -m ttt serve"""

import os
import sys
from typing import Annotated, NoReturn
from urllib.parse import urlsplit

import typer

from ttt.services import accounts
from ttt.services.context import open_context, prepare
from ttt.settings import PROJECT, Settings, load


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Run the app."""
    settings = load(TTT_HOST=host, TTT_PORT=port)
    context = open_context(settings)
    prepare(context)
    password = accounts.add_first_admin(context)
    if password is not None:
        typer.echo(f"Created the account admin with the password {password}, shown only this once.")
    context.engine.dispose()
    _run(settings)


def _run(settings: Settings) -> NoReturn:
    """Become `streamlit run app.py`, which tells the app where it listens."""
    sys.stdout.flush()
    options = {"server.address": [settings.host], "server.port": [str(settings.port)]}
    options["server.allowedHosts"] = _hosts(settings)
    flags = [f"--{name}={value}" for name, values in options.items() for value in values]
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py"), *flags]
    os.execv(sys.executable, command)  # noqa: S606 - no shell, and every word is ours


def _hosts(settings: Settings) -> list[str]:
    # Any other Host header is a foreign name that was made to lead here.
    public = urlsplit(settings.base_url).hostname or settings.host
    return sorted({public, "127.0.0.1", "localhost", "::1"})
