"""A large CSV file: how long until all its rows are saved."""

import csv
import io
import random
import string
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from ttt.services.accounts import accounts
from ttt.services.context import open_context, prepare
from ttt.services.lists import importing
from ttt.services.tables import list_csv
from ttt.settings import PROJECT, Settings

ROWS, TIMES = 5_000, 3
_LETTERS = string.ascii_letters + string.digits
_SEED = 20260211


def seconds(folder: Path) -> tuple[float, float, float]:
    """Time to parse the file with csv alone, to import it, and to import it once more."""
    content = _file()
    taken = [_once(folder / str(number), content) for number in range(TIMES)]
    parsed, first, again = (median(times) for times in zip(*taken, strict=True))
    return parsed, first, again


def _once(folder: Path, content: bytes) -> tuple[float, float, float]:
    context = open_context(Settings(_env_file=None, data_dir=folder))
    prepare(context)
    operator = accounts.operator(context)
    person = accounts.add(context, operator, "importer", "correct horse battery")
    parsed = _time(lambda: list(csv.DictReader(io.StringIO(content.decode()))))
    first = _time(lambda: importing.import_(context, person, content))
    again = _time(lambda: importing.import_(context, person, content))
    context.engine.dispose()
    return parsed, first, again


def _file() -> bytes:
    """The whole catalogue, and tracks with made-up ids that nobody knows."""
    chance = random.Random(_SEED)
    with (PROJECT / "data" / "catalogue.csv").open(newline="") as file:
        known = list(csv.DictReader(file))
    written = io.StringIO()
    writer = csv.DictWriter(written, list_csv.FIELDS, restval="")
    writer.writeheader()
    for number in range(ROWS):
        track = known[number % len(known)]
        made_up = "spotify:track:" + "".join(chance.choices(_LETTERS, k=22))
        row = {
            "artist": track["artists"],
            "song": track["title"],
            "uri": track["uri"] if number < len(known) else made_up,
        }
        same = ("album", "popularity", "energy", "valence", "tempo")
        writer.writerow(row | {name: track[name] for name in same})
    return written.getvalue().encode()


def _time(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started
