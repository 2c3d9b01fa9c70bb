"""python -m tests.bench: measure everything and print one table, as docs/benchmarks.md has it."""

import asyncio
import math
import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil

from tests.bench import beside, calls, enrichment, importing, signing_in, sound
from tests.bench.pages import clicks, crowd, reruns, starts
from tests.bench.plays import history, listening, long_histories
from tests.bench.stage import bare_page, place, settle
from tests.browser.people import People
from tests.browser.server import Server
from ttt.roles import Role
from ttt.services.accounts import passwords
from ttt.settings import PROJECT

_STACK = ("streamlit", "plotly", "pandas", "sqlmodel", "sqlalchemy", "starlette", "uvicorn")
BARE, BARE_AS_APP = "a bare page", "a bare page with the app's options"
# What app.py sets; the rest is in .streamlit/config.toml.
_AS_APP = ("--runner.postScriptGC=false",)


class Row(NamedTuple):
    """A line of the table; `against` names what `ratio` is a ratio to."""

    what: str
    value: str
    ratio: str = ""
    against: str = ""
    goal: str = ""


HEAD = Row("measure", "value", "ratio", "to", "goal")
RULE = Row(*["---"] * len(HEAD))


def main() -> None:
    """Measure and print."""
    _alone()
    _say(_machine(), "", *map(_line, (HEAD, RULE)))
    with tempfile.TemporaryDirectory(prefix="ttt-bench-") as folder:
        for measured in (
            _calls,
            _reruns,
            _clicks,
            _crowd,
            _import,
            _history,
            _history_on_postgresql,
            _long_histories,
            _pages_of_plays,
            _ranges,
            _crowd_of_listeners,
            _beside,
            _look_ups,
            _fetching,
            _sound,
            _signing_in,
            _starts,
        ):
            own = Path(folder) / measured.__name__
            own.mkdir()
            for row in measured(own):
                _say(_line(row))


def _calls(folder: Path) -> Iterator[Row]:
    cold, warm = asyncio.run(calls.count(folder))
    yield Row("Spotify calls, first view of Top tracks", f"{cold.spotify}", goal="3")
    yield Row("Spotify calls, all eight pages twice, warm", f"{warm.spotify}", goal="0")
    yield Row("calls to anyone else, cold and warm", f"{cold.elsewhere + warm.elsewhere}", goal="0")


def _reruns(folder: Path) -> Iterator[Row]:
    with ExitStack() as stack:
        server = stack.enter_context(Server(folder))
        people = stack.enter_context(People(server))
        person = people.add(role=Role.ADMIN)
        settle(people, person)
        places = {
            BARE: stack.enter_context(bare_page(folder)),
            BARE_AS_APP: stack.enter_context(bare_page(PROJECT, _AS_APP)),
        }
        places |= {path: place(server, people, person, path) for path in calls.PAGES}
        rest = asyncio.run(reruns.at_rest(places["/"]))
        costs = asyncio.run(reruns.measure(places))
    yield Row("the app at rest, with its background jobs", f"{rest:.0f} ms CPU a second")
    for name, cost in costs.items():
        cpu, wall = median(cost.cpu), median(cost.wall)
        what = f"warm rerun of {name}"
        value = f"{cpu:.0f} ms CPU, {wall:.0f} ms, {cost.received / 1000:.1f} kB"
        goal = "1.5" if name == "/top-tracks" else ""
        yield Row(what, value, f"{reruns.ratio(cost, costs[BARE]):.2f}", BARE, goal)


def _clicks(folder: Path) -> Iterator[Row]:
    taken = clicks.measure(folder)
    least = min(taken.values())
    for name, milliseconds in sorted(taken.items(), key=lambda page: page[1]):
        what, value = f"from a click to {name}, all there", f"{milliseconds:.0f} ms"
        yield Row(what, value, f"{milliseconds / least:.2f}", "the lightest page", "1.5")


def _crowd(folder: Path) -> Iterator[Row]:
    with Server(folder) as server, People(server) as people, bare_page(folder) as bare:
        paths = ("/top-tracks", "/top-tracks", "/trending", "/")
        places = []
        for number in range(crowd.SESSIONS):
            person = people.add()
            settle(people, person)
            places.append(place(server, people, person, paths[number % len(paths)]))
        floor = crowd.percentiles(asyncio.run(crowd.waits([bare] * crowd.SESSIONS)))
        taken = crowd.percentiles(asyncio.run(crowd.waits(places)))
    what = f"{crowd.SESSIONS} people, each acting every {crowd.EVERY:.0f} s: "
    for name, wait, least in zip(("p50", "p95", "p99"), taken, floor, strict=True):
        goal = "p95 < 1 s" if name == "p95" else ""
        yield Row(what + name, f"{wait * 1000:.0f} ms", f"{wait / least:.2f}", BARE, goal)


def _import(folder: Path) -> Iterator[Row]:
    parsed, first, again = importing.seconds(folder)
    for time, taken in (("first time", first), ("once more", again)):
        what = f"import of {importing.ROWS:,} rows, {time}"
        yield Row(what, f"{taken:.2f} s", f"{taken / parsed:.0f}", "parsing with csv alone")


def _history(folder: Path) -> Iterator[Row]:
    taken = history.bringing(folder / "bringing")
    rows = (turn.first for turn in taken.turns), (turn.again for turn in taken.turns)
    ratios = zip(*(turn.ratios for turn in taken.turns), strict=True)
    for when, goal, times, found in zip(
        ("first time", "once more"), "43", rows, ratios, strict=True
    ):
        what = f"a history of {history.ROWS:,} plays, {when}, {len(found)} turns"
        ratio = f"{median(found):.1f} ({min(found):.1f} to {max(found):.1f})"
        yield Row(what, f"{median(times):.1f} s CPU", ratio, "parsing it alone", goal)
    yield Row("memory above the start meanwhile", f"{taken.memory / 2**20:.0f} MB", goal="64 MB")
    yield Row("bytes a play in the database, all told", f"{taken.room:.0f}", goal="75")
    added = history.adding(folder / "adding")
    against = f"judging all {history.LONG:,}"
    yield Row(against, f"{added.whole * 1000:.0f} ms CPU", "1.00", against)
    for what, seconds in (
        ("a round of a recorder with 50 plays", added.round),
        ("a player sends a play", added.one),
        ("a player sends 1,000", added.thousand),
    ):
        value = f"{seconds * 1000:.0f} ms CPU"
        yield Row(f"{what}, until it is shown", value, f"{seconds / added.whole:.2f}", against)
    what = f"{history.LONG:,} plays with all that is known of their tracks, read anew"
    yield Row(what, f"{added.columns * 1000:.0f} ms CPU")
    what = f"ranks of all weeks of {history.LONG:,} plays, once a revision"
    yield Row(what, f"{added.ranks * 1000:.0f} ms CPU", goal="100 ms")


def _history_on_postgresql(folder: Path) -> Iterator[Row]:
    taken = long_histories.on_postgresql(folder)
    for time, (mine, servers), goal in (
        ("first time", taken.first, "4"),
        ("once more", taken.again, "3"),
    ):
        what = f"the same on PostgreSQL, {time}"
        value = f"{mine:.1f} s CPU, {servers:.1f} s of the server's"
        yield Row(what, value, f"{mine / taken.parsed:.1f}", "parsing it alone", goal)
    yield Row("bytes a play in PostgreSQL, all told", f"{taken.room:.0f}", goal="150")


def _long_histories(folder: Path) -> Iterator[Row]:
    for rows, most in ((history.LONG, 50), (long_histories.MILLION, 250)):
        found = long_histories.long(folder / str(rows), rows)
        what, read = f"a history of {rows:,} plays", found.reading
        value = f"{found.seconds:.0f} s, {found.cpu:.0f} s CPU"
        goal = "60 s" if rows == long_histories.MILLION else ""
        yield Row(f"{what}, from its upload's end to the first chart", value, goal=goal)
        yield Row("memory above the start meanwhile", f"{found.memory >> 20} MB", goal="64 MB")
        value = f"{read.seconds * 1000:.0f} ms CPU; {read.held:.1f} bytes a play"
        goal = f"{most} ms, 25 bytes"
        yield Row(f"columns of {rows:,} plays, cold", f"{value}, {read.stored:.1f} kept", goal=goal)


def _pages_of_plays(folder: Path) -> Iterator[Row]:
    for plays, most in ((listening.LONG, "1.5"), (listening.MILLION, "2")):
        costs = listening.warm(folder / f"warm {plays}", plays)
        bare = costs.pop("")
        for path, cost in costs.items():
            what = f"warm rerun of {path} with {plays:,} plays"
            value = f"{median(cost.cpu):.0f} ms CPU, {median(cost.wall):.0f} ms"
            yield Row(what, value, f"{reruns.ratio(cost, bare):.2f}", BARE, most)
        first = listening.cold(folder / f"cold {plays}", plays)
        home = first.pop(listening.HOME)
        yield Row(f"first visit of / in a new process, {plays:,} plays", f"{home:.1f} s")
        for path, taken in first.items():
            value = f"{taken - home:+.1f} s"
            yield Row(f"the same of {path}", value, "", "/", "at most 1 s more")


def _ranges(folder: Path) -> Iterator[Row]:
    for path, costs in listening.ranges(folder / "ranges", listening.MILLION).items():
        what = f"another range on {path}, a million plays: the middle one, the dearest"
        value = f"{median(costs):.0f}, {max(costs):.0f} ms CPU"
        yield Row(what, value, goal="150 ms")


def _crowd_of_listeners(folder: Path) -> Iterator[Row]:
    found = listening.many(folder / "many")
    who = f"{listening.PEOPLE} people with {listening.LONG:,} plays each, each acting every 10 s"
    for name, wait in zip(("p50", "p95", "p99"), crowd.percentiles(found.waits), strict=True):
        goal = "p95 < 1 s" if name == "p95" else ""
        yield Row(f"{who}: {name}", f"{wait * 1000:.0f} ms", goal=goal)
    grown = (found.after - found.before) / listening.PEOPLE
    value = f"{found.before >> 20} MB, {found.after >> 20} MB; {grown / 2**20:.1f} MB a person"
    yield Row("memory of that process before and after", value)


def _beside(folder: Path) -> Iterator[Row]:
    found, against = beside.measure(folder), "the same at rest"
    for which, rest, taken in zip(
        ("median", "one in twenty over"), found.at_rest, found.meanwhile, strict=True
    ):
        what = f"warm rerun of /top-tracks while {beside.ROWS:,} plays come in, {which}"
        goal = "1.5" if which == "median" else ""
        yield Row(what, f"{taken:.0f} ms", f"{taken / rest:.2f}", against, goal)


def _look_ups(folder: Path) -> Iterator[Row]:
    for cost in enrichment.requests(folder):
        what = f"ReccoBeats calls for {cost.tracks:,} unknown tracks, then once more"
        goal = f"{math.ceil(cost.tracks / 40)}, 0"
        yield Row(what, f"{cost.first}, {cost.second} in {cost.seconds:.1f} s", goal=goal)
    seconds = enrichment.file_seconds(folder / "file")
    yield Row(f"values of {enrichment.ROWS:,} tracks from a file", f"{seconds:.1f} s", goal="5 s")


def _fetching(folder: Path) -> Iterator[Row]:
    at_rest, fetching = enrichment.page_times(folder)
    what, against = "warm rerun of /top-tracks while tracks are looked up", "the same at rest"
    yield Row(what, f"{fetching:.0f} ms", f"{fetching / at_rest:.2f}", against)


def _sound(_folder: Path) -> Iterator[Row]:
    orders = sound.orders()
    what = f"{sound.LISTS:,} lists of {sound.LENGTH} tracks, a step in the "
    for name, steps in orders.items():
        value = (
            f"{steps.key:.2f} on the wheel, {steps.tempo:.1%} in tempo; "
            f"{steps.clashes:.0%} clash, {steps.jumps:.0%} jump"
        )
        ratio = f"{steps.key / orders['given'].key:.2f}, {steps.tempo / orders['given'].tempo:.2f}"
        yield Row(f"{what}{name} order", value, ratio, "the order given")
    made, asked = sound.query_times()
    for what, taken, goal in (
        (f"harmonic order of {sound.LONG} tracks", sound.order_times(), "100 ms"),
        (f"tracks that sound like one, of {sound.TRACKS:,}, warm", asked, "50 ms"),
        (f"making the index of {sound.TRACKS:,} tracks", made, ""),
    ):
        yield Row(what, f"{taken.cpu:.0f} ms CPU, {taken.wall:.0f} ms", goal=goal)


def _signing_in(folder: Path) -> Iterator[Row]:
    taken = signing_in.refusals(folder)
    against = "a name with an account"
    for whose, seconds in (("no account", taken.unknown), ("a hash of older cost", taken.older)):
        what = f"wrong password, name with {whose}"
        ratio = f"{seconds / taken.known:.2f}"
        yield Row(what, f"{seconds * 1000:.0f} ms", ratio, against, "0.95 to 1.05")


def _starts(folder: Path) -> Iterator[Row]:
    taken = asyncio.run(starts.measure(folder))
    against = "a bare page's first view"
    ratio = f"{taken.form / taken.bare:.1f}"
    yield Row("first start to the sign-in form", f"{taken.form:.1f} s", ratio, against)
    ratio = f"{taken.again / taken.bare:.1f}"
    yield Row("second start to /healthz", f"{taken.again:.1f} s", ratio, against, "5 s")


def _alone() -> None:
    """Keep the developer's own settings out, and hashing from being what is measured."""
    for name in list(os.environ):
        if name.startswith(("TTT_", "SPOTIFY_", "STREAMLIT_")):
            del os.environ[name]
    # Without compiled modules every start would compile all of them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    passwords.ROUNDS = 4


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in _STACK)
    return (
        f"{datetime.now(UTC):%d %B %Y}; {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f} at the start; "
        f"Python {platform.python_version()}, {versions}"
    )


def _line(row: Row) -> str:
    return f"| {' | '.join(row)} |"


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201  # the report is what this command is for


if __name__ == "__main__":
    main()
