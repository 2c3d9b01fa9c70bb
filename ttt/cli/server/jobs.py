"""python -m ttt jobs | worker"""

import signal
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from ttt.cli.output import Format, show
from ttt.cli.start import opened
from ttt.services.accounts import accounts
from ttt.services.server import maintenance, supervisor
from ttt.services.server.watching import descriptors
from ttt.settings import load
from ttt.web.watching import log

# Loaded where they are needed: that takes half a second.
if TYPE_CHECKING:
    from ttt.jobs.queue import Job

commands = typer.Typer(no_args_is_help=True, help="Background work: what runs, ran and failed.")
_COLUMNS = ("id", "name", "about", "state", "created_at", "error")


@commands.command("list")
def list_(format_: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """List the newest jobs."""
    from ttt.jobs import queue  # noqa: PLC0415

    context = opened()
    jobs = queue.listed(context, accounts.operator(context))
    show(_COLUMNS, [_record(job) for job in jobs], format_)


@commands.command()
def retry(job_id: Annotated[str, typer.Argument(metavar="ID", help="Of a failed job.")]) -> None:
    """Do a failed job again."""
    from ttt.jobs import queue  # noqa: PLC0415

    context = opened()
    queue.retry(context, accounts.operator(context), job_id)
    typer.echo("The job waits for its turn.")


def worker() -> None:
    """Do background work until Ctrl-C; the app does it itself unless TTT_JOBS says otherwise."""
    from ttt.jobs.waits import Ended, rest  # noqa: PLC0415
    from ttt.jobs.worker import working  # noqa: PLC0415

    asked_to_end = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_end.set())
    settings = load()
    log.configure(settings.log_level, settings.log_format)
    descriptors.raise_limit()
    try:
        context = opened(patiently=True, sleep=partial(rest, asked_to_end))
        alive = supervisor.ready(lambda: True)
        with maintenance.kept(context), working(context, asked_to_end) as name, alive:
            typer.echo(f"Working as {name}. Ctrl-C ends it.")
            asked_to_end.wait()
    except Ended:
        typer.echo("Ended before the database was there.", err=True)


def _record(job: "Job") -> dict[str, object]:
    return {
        "id": job.id,
        "name": job.name,
        "about": job.about,
        "state": job.state.value,
        "created_at": job.created_at.isoformat(timespec="seconds"),
        "error": job.error,
    }
