"""python -m ttt serve"""

import signal
import sys
from functools import partial
from runpy import run_module
from typing import Annotated
from urllib.parse import urlsplit

import typer

from ttt.services.context import open_context
from ttt.services.server.waiting import wait_for_database
from ttt.services.server.watching import descriptors
from ttt.settings import PROJECT, Settings, load
from ttt.web.guards import connections


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Run the app."""
    settings = load(TTT_HOST=host, TTT_PORT=port)
    options = {"server.address": [settings.host], "server.port": [str(settings.port)]}
    options["server.allowedHosts"] = _hosts(settings)
    options["logger.enableRich"] = ["false"]
    flags = [f"--{name}={value}" for name, values in options.items() for value in values]
    descriptors.raise_limit()
    # Here and not in the server, where nothing would listen to Ctrl-C meanwhile.
    wait_for_database(open_context(settings), told=partial(typer.echo, err=True))
    connections.bound(settings)
    # Ctrl-C is how it is stopped, and no mishap to report.
    signal.signal(signal.SIGINT, lambda *_: sys.exit())
    # `python -m streamlit run app.py` without another interpreter, which would load all again.
    sys.argv = ["streamlit", "run", str(PROJECT / "app.py"), *flags]
    run_module("streamlit", run_name="__main__", alter_sys=True)


def _hosts(settings: Settings) -> list[str]:
    # Any other Host header is a foreign name that was made to lead here.
    public = urlsplit(settings.base_url).hostname or settings.host
    return sorted({public, "127.0.0.1", "localhost", "::1"})
