import asyncio
from types import SimpleNamespace
from typing import Any

from ttt.ui.ended import Ended


class Session:
    def __init__(self, name: str) -> None:
        self.id, self.ended = name, False

    def shutdown(self) -> None:
        self.ended = True


def info(name: str) -> Any:
    return SimpleNamespace(session=Session(name))


def test_a_session_is_ended_when_its_time_is_over() -> None:
    async def wait() -> None:
        kept = Ended(seconds=0.02)
        one = info("one")
        kept.save(one)
        assert kept.get("one") is one
        assert kept.list() == [one]
        await asyncio.sleep(0.1)
        assert one.session.ended
        assert kept.get("one") is None

    asyncio.run(wait())


def test_a_session_that_goes_on_is_not_ended() -> None:
    async def wait() -> None:
        kept = Ended(seconds=0.02)
        one = info("one")
        kept.save(one)
        kept.delete("one")
        kept.delete("unknown")
        await asyncio.sleep(0.1)
        assert not one.session.ended

    asyncio.run(wait())


def test_the_oldest_goes_when_there_are_too_many() -> None:
    async def fill() -> None:
        kept = Ended(seconds=60, most=2)
        sessions = [info(name) for name in "abc"]
        for one in sessions:
            kept.save(one)
        assert [one.session.ended for one in sessions] == [True, False, False]
        assert len(kept.list()) == 2

    asyncio.run(fill())
