"""Wrong passwords: whether the time they take tells names with an account from others."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ttt.models import User
from ttt.services.accounts import passwords
from ttt.services.context import Context, open_context, prepare
from ttt.services.doors import sign_in
from ttt.settings import Settings

TRIES = 200
ROUNDS = 12  # as people's; the other figures are measured with less


@dataclass(frozen=True, slots=True)
class Refusals:
    """Median seconds of a refusal: names with an account, with an older hash, without one."""

    known: float
    older: float
    unknown: float


def refusals(folder: Path) -> Refusals:
    """Time TRIES refusals of each kind in turns, each for a name of its own, as names wait."""
    context = open_context(Settings(_env_file=None, data_dir=folder))
    prepare(context)
    before, passwords.ROUNDS = passwords.ROUNDS, ROUNDS
    try:
        _open_accounts(context, "known", ROUNDS)
        _open_accounts(context, "older", ROUNDS - 2)
        kinds = ("known", "older", "unknown")
        taken: dict[str, list[float]] = {kind: [] for kind in kinds}
        for number in range(TRIES):
            for kind in kinds:
                taken[kind].append(_seconds(context, f"{kind}{number}"))
    finally:
        passwords.ROUNDS = before
        context.engine.dispose()
    return Refusals(**{kind: median(times) for kind, times in taken.items()})


def _seconds(context: Context, name: str) -> float:
    started = time.perf_counter()
    assert sign_in.check_password(context, name, "wrong", None) is None
    return time.perf_counter() - started


def _open_accounts(context: Context, kind: str, rounds: int) -> None:
    passwords.ROUNDS = rounds
    hash_ = passwords.hashed("correct horse battery")
    passwords.ROUNDS = ROUNDS
    with context.session() as session:
        for number in range(TRIES):
            name = f"{kind}{number}"
            session.add(
                User(username=name, name=name, password_hash=hash_, created_at=context.now())
            )
        session.commit()
