"""python -m ttt invitations | registration | second-factor | banner | audit"""

from dataclasses import asdict, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from ttt.cli.output import Format, show
from ttt.cli.start import opened
from ttt.services.accounts import accounts, audit_log, decisions
from ttt.services.accounts.audit_log import Filter
from ttt.services.doors import one_time_links
from ttt.services.doors.one_time_links import Invitation

invitations = typer.Typer(no_args_is_help=True, help="Invitations that nobody has taken up yet.")
registration = typer.Typer(no_args_is_help=True, help="Who may open an account.")
second_factor = typer.Typer(no_args_is_help=True, help="Whether admins need a second factor.")
banner = typer.Typer(no_args_is_help=True, help="What everybody is told above every page.")

_COLUMNS = ("id", "role", "email", "made_by", "created_at", "expires_at")
Shown = Annotated[Format, typer.Option("--format")]
_DAY = ["%Y-%m-%d"]
_NO_BANNER = "There is no banner any more."


class Who(StrEnum):
    """Who may open an account."""

    CLOSED = "closed"
    INVITATION = "invitation"
    OPEN = "open"


@invitations.command("list")
def list_(format_: Shown = Format.TABLE) -> None:
    """List open invitations, without their links: these are shown once only."""
    context = opened()
    waiting = one_time_links.invitations(context, accounts.operator(context))
    show(_COLUMNS, [_record(invitation) for invitation in waiting], format_)


@invitations.command()
def revoke(
    invitation_id: Annotated[str, typer.Argument(metavar="ID", help="As the list shows it.")],
) -> None:
    """Take an invitation back."""
    context = opened()
    one_time_links.revoke_invitation(context, accounts.operator(context), invitation_id)
    typer.echo("The invitation is revoked.")


@registration.command("show")
def show_registration() -> None:
    """Print who may open an account: closed, invitation or open."""
    typer.echo(decisions.read(opened()).registration)


@registration.command("set")
def set_registration(who: Annotated[Who, typer.Argument()]) -> None:
    """Decide who may open an account."""
    _decide(registration=who.value)
    typer.echo(f"Registration is set to {who.value}.")


@second_factor.command("show")
def show_second_factor() -> None:
    """Print whether admins need a second factor: required or optional."""
    needed = decisions.read(opened()).admins_need_second_factor
    typer.echo("required" if needed else "optional")


@second_factor.command("require")
def require_second_factor() -> None:
    """Let admins do nothing before they have set up a second factor."""
    _decide(admins_need_second_factor=True)
    typer.echo("Admins need a second factor now.")


@second_factor.command("waive")
def waive_second_factor() -> None:
    """Leave a second factor to each admin."""
    _decide(admins_need_second_factor=False)
    typer.echo("Admins need no second factor now.")


@banner.command("show")
def show_banner() -> None:
    """Print the banner; nothing when there is none."""
    typer.echo(decisions.read(opened()).banner)


@banner.command("set")
def set_banner(text: Annotated[str, typer.Argument(help="Plain text.")]) -> None:
    """Tell everybody something, within 15 seconds."""
    words = " ".join(text.split())
    _decide(banner=words)
    typer.echo("The banner is set." if words else _NO_BANNER)


@banner.command("clear")
def clear_banner() -> None:
    """Take the banner away."""
    _decide(banner="")
    typer.echo(_NO_BANNER)


def audit(
    person: Annotated[str, typer.Option(help="Events by or about a username.")] = "",
    action: Annotated[str, typer.Option(help="Events of one kind.")] = "",
    words: Annotated[str, typer.Option(help="Events that hold all of these words.")] = "",
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="In UTC.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="In UTC.")] = None,
    format_: Shown = Format.TABLE,
) -> None:
    """List what happened, the newest first; 10,000 events at most."""
    context = opened()
    span = audit_log.between(first and first.date(), last and last.date(), UTC)
    wanted = Filter(person.strip().casefold(), action, words, **span)
    events = audit_log.export(context, accounts.operator(context), wanted)
    show(audit_log.FIELDS, events, format_)


def _decide(**changed: Any) -> None:
    context = opened()
    decided = replace(decisions.read(context), **changed)
    decisions.decide(context, accounts.operator(context), decided)


def _record(invitation: Invitation) -> dict[str, object]:
    return asdict(invitation) | {
        "role": invitation.role.value,
        "created_at": invitation.created_at.isoformat(timespec="seconds"),
        "expires_at": invitation.expires_at.isoformat(timespec="seconds"),
    }
