"""Puts everything that is encrypted under another key, while the app runs.

A process that is killed anywhere in between has lost nothing: the former keys stay where they are
until everything can be read without them, and the next run goes on where this one stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ttt.errors import InvalidInput
from ttt.services.context import Context
from ttt.services.keys.vault import Vault, new_secret
from ttt.services.server import demo_key
from ttt.store import encrypted, locks
from ttt.store.encrypted import Column, Row

# Longer than a write waits for a lock: what was encrypted before is in the database by then.
SETTLED_AFTER = timedelta(seconds=20)
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Rotation:
    """What was put under the newest key, what no key opens, and whether the file holds one now."""

    renewed: int
    unreadable: int
    in_file: bool


def rotate(context: Context, settle: Callable[[], object]) -> Rotation:
    """Make a new key, or take TTT_SECRET_KEY, and put everything that is encrypted under it.

    `settle` lets SETTLED_AFTER go by. InvalidInput when the keys come from outside and there is
    no former one.
    """
    file = context.vault.file
    with locks.held(context.direct, "secret-rotate"):
        demo_key.read(context)  # not derived from the secret any more from here on
        if not context.vault.rotating:
            if file is None:
                raise InvalidInput(
                    "The key comes from TTT_SECRET_KEY: set that to a new one, and "
                    "TTT_SECRET_KEY_OLD to the former one, restart, then run this again."
                )
            file.put_in_front(new_secret())
        renewed = _until_nothing_is_left(context)
        if file is not None:
            settle()
            renewed += _until_nothing_is_left(context)
        _, unreadable = readable(context)
        if file is not None:
            file.drop_former()
    return Rotation(renewed, unreadable, file is not None)


def readable(context: Context) -> tuple[int, int]:
    """How many texts there are, and how many of them no key opens."""
    opened = [
        context.vault.decrypt(text) is not None
        for column in encrypted.COLUMNS
        for _, text in _rows(context, column)
    ]
    return len(opened), opened.count(False)


def left(context: Context) -> int:
    """How many texts are under a former key."""
    return sum(
        len(_under_former(context.vault, _rows(context, column))) for column in encrypted.COLUMNS
    )


def _until_nothing_is_left(context: Context) -> int:
    renewed = 0
    while found := sum(_renew(context, column) for column in encrypted.COLUMNS):
        renewed += found
    return renewed


def _renew(context: Context, column: Column) -> int:
    """Go through a column once; return how many texts were under a former key."""
    found, after = 0, None
    while rows := _batch(context, column, after):
        former = _under_former(context.vault, rows)
        with context.session() as session:
            for key, text, plain in former:
                encrypted.replace(session, column, key, text, context.vault.encrypt(plain))
            session.commit()
        found, after = found + len(former), rows[-1][0]
    return found


def _under_former(vault: Vault, rows: list[Row]) -> list[tuple[object, str, str]]:
    former = ((key, text) for key, text in rows if not vault.is_current(text))
    return [
        (key, text, plain) for key, text in former if (plain := vault.decrypt(text)) is not None
    ]


def _batch(context: Context, column: Column, after: object) -> list[Row]:
    with context.session() as session:
        return list(encrypted.batch(session, column, after, _BATCH))


def _rows(context: Context, column: Column) -> list[Row]:
    rows: list[Row] = []
    while batch := _batch(context, column, rows[-1][0] if rows else None):
        rows += batch
    return rows
