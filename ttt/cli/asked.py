"""What an import of a history asks, and what the command line answers."""

from typing import Annotated, Any

import typer

from ttt.errors import InvalidInput
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import asking, importing
from ttt.services.plays.bringing.asking import Column
from ttt.services.plays.bringing.uploads import Upload

_QUESTIONS = {
    importing.Asked.ZONE: "It does not say in which time zone its times are: add --zone.",
    importing.Asked.COLUMNS: "Nobody knows its columns: add --column FIELD=NAME for each of them.",
    importing.Asked.DATES: "Its dates do not say what is the day: add --dates day, or month.",
    importing.Asked.WHOSE: "It holds several people's folders or users: add --folder for yours.",
    importing.Asked.OWNER: "It looks like another account's history: add --mine if it is not.",
}
_ANSWERS = {"zone": "zone", "whose": "folders", "owner": "mine", "dates": "order"}
_FIELDS = {column.value.replace(" ", "-"): column for column in Column}

Columns = Annotated[
    list[str],
    typer.Option(
        "--column", metavar="FIELD=NAME", help=f"What a column holds: {', '.join(_FIELDS)}."
    ),
]


def columns(texts: list[str]) -> dict[str, Column]:
    """What columns hold, by name in small letters; InvalidInput for what is no FIELD=NAME."""
    named: dict[str, Column] = {}
    for text in texts:
        field, _, name = text.partition("=")
        column = _FIELDS.get(field.strip().lower().replace(" ", "-"))
        if column is None or not name.strip():
            raise InvalidInput(f"“{text}” is no FIELD=NAME, with a field of {', '.join(_FIELDS)}.")
        named[_plain(name)] = column
    return named


def answer(context: Context, person: Person, upload: Upload, answers: dict[str, Any]) -> None:
    """Answer what an import asks; InvalidInput with the question where nobody did."""
    asked = importing.Asked(upload.question or "")
    if asked is importing.Asked.COLUMNS:
        held = _held(context, person, upload, answers["columns"])
        importing.answer(context, person, upload.id, **(answers | {"columns": held}))
    elif answers.get(_ANSWERS[asked]):
        importing.answer(context, person, upload.id, **(answers | {"columns": None}))
    else:
        folders = importing.in_file(context, person, upload.id).folders
        raise InvalidInput(_among(_QUESTIONS[asked], folders))


def _held(
    context: Context, person: Person, upload: Upload, named: dict[str, Column]
) -> dict[str, Column]:
    """What the file's columns hold, by their names as they stand in it."""
    header = asking.table(context, person, upload.id).header
    found = {name: named[key] for name in header if (key := _plain(name)) in named}
    if not named:
        raise InvalidInput(_among(_QUESTIONS[importing.Asked.COLUMNS], header))
    if len(found) < len(named):
        unknown = next(name for name in named if name not in map(_plain, found))
        raise InvalidInput(_among(f"The file has no column “{unknown}”, but these:", header))
    return found


def _plain(name: str) -> str:
    return name.strip().casefold()


def _among(asked: str, names: tuple[str, ...]) -> str:
    return "\n".join((asked, *(f"  {name}" for name in names)))
