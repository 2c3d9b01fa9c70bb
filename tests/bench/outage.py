"""python -m tests.bench.outage: people act while the database goes away and comes back."""

import asyncio
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import typer
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.pages.tab import Tab
from tests.bench.stage import Place, cpu_seconds, place
from tests.browser.people import People
from tests.browser.server import Server
from tests.surroundings.loopback import ask
from tests.surroundings.outages import Outages

PEOPLE, EVERY, LASTS = 60, 10.0, 60.0
_PATIENCE = 60.0
_WRONG = "says what is wrong, and tries again"


async def _act(tabs: list[Tab], seconds: float) -> Counter[str]:
    """Each person asks for a run every ten seconds; how the runs ended."""
    outcomes: Counter[str] = Counter()

    async def one(number: int, tab: Tab) -> None:
        await asyncio.sleep(EVERY * number / len(tabs))
        ends = time.monotonic() + seconds - EVERY * number / len(tabs)
        while time.monotonic() < ends:
            due = time.monotonic() + EVERY
            try:
                shown = await asyncio.wait_for(tab.run(), _PATIENCE)
            except Exception as error:
                outcomes[f"socket lost: {type(error).__name__}"] += 1
                return
            outcomes[_outcome(shown)] += 1
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    await asyncio.gather(*(one(number, tab) for number, tab in enumerate(tabs)))
    return outcomes


def _outcome(shown: list[ForwardMsg]) -> str:
    alerts = [m for m in shown if m.delta.new_element.WhichOneof("type") == "alert"]
    if not alerts:
        return "shown"
    tries_again = any(m.WhichOneof("type") == "auto_rerun" for m in shown)
    return _WRONG if tries_again else "says that something is wrong, and no more"


async def _measure(places: list[Place], outages: Outages, console: Path) -> None:
    async with AsyncExitStack() as stack:
        tabs = []
        for one in places:
            tabs.append(await stack.enter_async_context(Tab(one)))
            await tabs[-1].run()
        costs: dict[str, float] = {}
        for phase in ("normal", "database away", "back"):
            if phase == "database away":
                await asyncio.to_thread(outages.stop)
            elif phase == "back":
                await asyncio.to_thread(outages.start)
            cpu, logged = cpu_seconds(places[0].pid), console.stat().st_size
            began = time.monotonic()
            outcomes = await _act(tabs, LASTS if phase != "back" else LASTS / 2)
            used = cpu_seconds(places[0].pid) - cpu
            costs[phase] = used / (time.monotonic() - began)
            health = ask("GET", f"{places[0].url}/healthz", timeout=5).status_code
            written = (console.stat().st_size - logged) / 1000
            typer.echo(
                f"{phase}: {used / outcomes.total() * 1000:.0f} ms CPU a run,"
                f" {costs[phase] * 1000:.0f} a second, log {written:.0f} kB,"
                f" healthz {health}, {dict(outcomes)}"
            )
            expected = _WRONG if phase == "database away" else "shown"
            assert set(outcomes) == {expected}, "a socket was lost, or a page came wrong"
            assert health == (503 if phase == "database away" else 200)
    assert costs["database away"] <= 2 * costs["normal"]


def main() -> None:
    """Measure and print; fails when a socket is lost or the outage costs over twice as much."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ttt-outage-")))
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="ttt-outages-"))
        outages = Outages(data)
        stack.callback(outages.end)
        server = stack.enter_context(Server(folder, TTT_DATABASE_URL=outages.url))
        server.settings = server.settings.model_copy(update={"database_url": outages.url})
        people = stack.enter_context(People(server))
        person = people.add()
        places = [place(server, people, person, "/account") for _ in range(PEOPLE)]
        asyncio.run(_measure(places, outages, folder / "console.log"))


if __name__ == "__main__":
    main()
