"""python -m ttt sources | enrich"""

import secrets
import time
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ttt.cli.output import Format, show
from ttt.cli.start import opened
from ttt.found import Source
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.values import agreement, standing
from ttt.services.values import enrich as enriching
from ttt.services.values.agreement import Agreement
from ttt.services.values.asked import Asked
from ttt.services.values.standing import Standing

commands = typer.Typer(invoke_without_command=True, help="Where values come from.")
_STANDING = ("source", "state", "gives", "calls", "left", "knew", "left_alone_until", "last_error")
_DIFFERENCE = ("field", "one", "other", "one_knows", "other_knows", "both", "median", "p95")
_OUTCOME = ("source", "requests", "found", "not_found", "trouble")
_LOOK_EVERY = 0.25
FormatOption = Annotated[Format, typer.Option("--format")]


@commands.callback()
def list_(command: typer.Context, format_: FormatOption = Format.TABLE) -> None:
    """Show for each source whether it is on, and its day so far."""
    if command.invoked_subcommand is None:
        show(_STANDING, [_standing(one) for one in standing.standings(opened())], format_)


@commands.command()
def compare(format_: FormatOption = Format.TABLE) -> None:
    """Show how far sources differ where two of them know the same value."""
    show(_DIFFERENCE, [_difference(one) for one in agreement.report(opened())], format_)


def enrich(
    user: Annotated[str | None, typer.Option(metavar="NAME", help="Whose lists only.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Tracks at most.")] = None,
) -> None:
    """Look up what is not known yet of all listed tracks, to the end."""
    context = opened()
    person = None if user is None else accounts.find(context, user)
    waiting = enriching.waiting(context, person)[:limit]
    if not waiting:
        typer.echo("There is nothing to look up.")
        return
    outcome = _look_up(context, person, waiting)
    show(_OUTCOME, [_outcome(*one) for one in outcome.items()], Format.TABLE)


def _look_up(context: Context, person: Person | None, waiting: list[str]) -> dict[Source, Asked]:
    # Loaded here: that takes half a second, which no other command should wait for.
    from ttt.jobs import queue  # noqa: PLC0415
    from ttt.jobs.worker import working  # noqa: PLC0415

    job_id = f"enrich-{secrets.token_hex(8)}"
    columns = TextColumn("Looking up"), BarColumn(), MofNCompleteColumn()
    with working(context), Progress(*columns, console=Console(stderr=True)) as bar:
        queue.start(context, None if person is None else person.id, waiting, job_id)
        task = bar.add_task("", total=len(waiting))
        while not (job := queue.find(context, job_id)).ended:
            left = enriching.progress(context, waiting).waiting
            bar.update(task, completed=len(waiting) - left)
            time.sleep(_LOOK_EVERY)
        bar.update(task, completed=len(waiting))
    if job.can_retry:
        typer.echo(f"The look-up failed: {job.error}", err=True)
        raise typer.Exit(1)
    return queue.outcome(context, job_id)


def _standing(one: Standing) -> dict[str, object]:
    until, knew = one.blocked_until, one.hit_rate
    return {
        "source": one.source.label,
        "state": one.why_off or "on",
        "gives": ", ".join(kind.value for kind in one.kinds),
        "calls": one.calls,
        "left": one.budget_left,
        "knew": None if knew is None else f"{knew:.0%}",
        "left_alone_until": None if until is None else until.isoformat(timespec="seconds"),
        "last_error": one.last_error,
    }


def _difference(one: Agreement) -> dict[str, object]:
    return {
        "field": one.field,
        "one": one.one.label,
        "other": one.other.label,
        "one_knows": one.one_knows,
        "other_knows": one.other_knows,
        "both": one.both,
        "median": None if one.median is None else round(one.median, 3),
        "p95": None if one.p95 is None else round(one.p95, 3),
    }


def _outcome(source: Source, asked: Asked) -> dict[str, object]:
    return {
        "source": source.label,
        "requests": asked.requests,
        "found": asked.hits,
        "not_found": asked.misses,
        "trouble": asked.trouble,
    }
