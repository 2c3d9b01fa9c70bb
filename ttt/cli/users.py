"""python -m ttt users"""

from pathlib import Path
from typing import Annotated

import typer

from ttt.cli.output import Format, show
from ttt.cli.start import opened
from ttt.errors import InvalidInput
from ttt.roles import Role
from ttt.services.accounts import accounts, roster
from ttt.services.doors import one_time_links, second_factor
from ttt.services.doors.one_time_links import MadeLink

commands = typer.Typer(no_args_is_help=True, help="Accounts: who there is and what they may do.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The username.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@commands.command()
def add(
    name: Name,
    admin: Annotated[bool, typer.Option("--admin", help="May manage accounts.")] = False,
    email: Annotated[str, typer.Option(help="Mail address.")] = "",
    password_stdin: PasswordStdin = False,
) -> None:
    """Open an account."""
    password = _password(password_stdin)
    context = opened()
    role = Role.ADMIN if admin else Role.MEMBER
    operator = accounts.operator(context)
    person = accounts.add(context, operator, name, password, email=email, role=role)
    typer.echo(f"Opened the account {person.username}.")


@commands.command("list")
def list_(format_: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """List all accounts."""
    _show(format_)


@commands.command()
def export(format_: Annotated[Format, typer.Option("--format")] = Format.CSV) -> None:
    """Write all accounts, without their passwords, to standard output."""
    _show(format_)


@commands.command()
def disable(name: Name) -> None:
    """Keep an account from signing in, and end its sessions."""
    _set_disabled(name, disabled=True)


@commands.command()
def enable(name: Name) -> None:
    """Let an account sign in again."""
    _set_disabled(name, disabled=False)


@commands.command("set-password")
def set_password(name: Name, password_stdin: PasswordStdin = False) -> None:
    """Give an account a new password, and end its sessions."""
    password = _password(password_stdin)
    context = opened()
    accounts.set_password(context, accounts.operator(context), name, password)
    typer.echo("The password is set; all sessions of this account have ended.")


@commands.command("set-role")
def set_role(name: Name, role: Annotated[Role, typer.Argument()]) -> None:
    """Make an account an admin or a member."""
    context = opened()
    person = accounts.set_role(context, accounts.operator(context), name, role)
    typer.echo(f"{person.username} is {'an admin' if person.is_admin else 'a member'} now.")


@commands.command("reset-second-factor")
def reset_second_factor(name: Name) -> None:
    """Take away somebody's second factor, and end their sessions."""
    context = opened()
    person = second_factor.reset(context, accounts.operator(context), name)
    typer.echo(f"{person.username} signs in with the password alone; all sessions have ended.")


@commands.command()
def invite(
    admin: Annotated[bool, typer.Option("--admin", help="May manage accounts.")] = False,
    email: Annotated[str, typer.Option(help="Mail address of the account.")] = "",
) -> None:
    """Print a link by which somebody opens an account of their own, good once within a week."""
    context = opened()
    role = Role.ADMIN if admin else Role.MEMBER
    _link(one_time_links.invite(context, accounts.operator(context), role, email))


@commands.command("reset-link")
def reset_link(name: Name) -> None:
    """Print a link by which somebody sets a new password, good once within a day."""
    context = opened()
    _link(one_time_links.reset_link(context, accounts.operator(context), name))


@commands.command("sign-out")
def sign_out(name: Name) -> None:
    """End all sessions of an account."""
    context = opened()
    person = accounts.end_sessions(context, accounts.operator(context), name)
    typer.echo(f"{person.username} is signed out everywhere.")


@commands.command()
def delete(
    name: Name, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Delete an account with everything that is its own; it cannot be undone."""
    from ttt.jobs import departing  # noqa: PLC0415

    context = opened()
    person = accounts.find(context, name)
    if not yes:
        typer.confirm(f"Delete {person.username} with all data?", abort=True)
    departing.delete(context, accounts.operator(context), person.username)
    typer.echo(f"{person.username} is deleted.")


def _link(link: MadeLink) -> None:
    # The link alone on standard output, so that it can go on into another program.
    typer.echo(link.url)
    until = link.expires_at.isoformat(timespec="minutes")
    typer.echo(f"Good once, until {until}; it is not shown again.", err=True)


@commands.command()
def data(
    name: Name,
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="A new file.")],
) -> None:
    """Write everything that the server holds on a person into a zip file."""
    from ttt.services.my_data import writing  # noqa: PLC0415 - takes half a second

    context = opened()
    content = writing.download(context, accounts.operator(context), accounts.find(context, name))
    try:
        with output.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise InvalidInput(f"{output} exists already: choose another name.") from None
    typer.echo(f"{output} holds everything about {name}: give it to nobody else.")


@commands.command("upload-data")
def upload_data(
    name: Name, file: Annotated[Path, typer.Argument(metavar="FILE", help="A zip file.")]
) -> None:
    """Add what a file of "users data", or of "Download my data", holds to an account."""
    from ttt.services.my_data import uploading  # noqa: PLC0415 - takes half a second

    context = opened()
    person = accounts.find(context, name)
    with file.open("rb") as opened_file:
        content = opened_file.read(uploading.MAX_BYTES + 1)
    for count in uploading.upload(context, accounts.operator(context), person, content):
        typer.echo(f"{count}.")
        for refusal in count.refused:
            typer.echo(f"  Record {refusal.row}: {refusal.reason}")


def _show(format_: Format) -> None:
    context = opened()
    everybody = roster.listed(context, accounts.operator(context))
    show(roster.FIELDS, roster.records(everybody), format_)


def _set_disabled(name: str, *, disabled: bool) -> None:
    context = opened()
    person = accounts.set_disabled(context, accounts.operator(context), name, disabled)
    typer.echo(f"{person.username} is {'disabled' if disabled else 'enabled'}.")


def _password(from_stdin: bool) -> str:
    stdin = typer.get_binary_stream("stdin")
    if not from_stdin:
        if not stdin.isatty():
            raise InvalidInput("Add --password-stdin to give the password on standard input.")
        prompted: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return prompted
    try:
        return stdin.read().decode().strip("\r\n")
    except UnicodeDecodeError:
        raise InvalidInput("The password is not in UTF-8.") from None
