import asyncio
from types import SimpleNamespace
from typing import Any

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from ttt.ui.ended import Ended, keep_few


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


def test_of_the_files_that_came_to_a_tab_the_newest_are_held() -> None:
    files = MemoryUploadedFileManager("/upload")
    keep_few(files)
    for name in "abcdefg":
        files.add_file("one", UploadedFileRec(name, "list.csv", "text/csv", b"x"))
    files.add_file("other", UploadedFileRec("a", "list.csv", "text/csv", b"x"))
    assert [file.file_id for file in files.get_files("one", "abcdefg")] == list("cdefg")
    assert len(files.get_files("other", "a")) == 1
