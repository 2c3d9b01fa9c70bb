"""What was freed goes back to the machine, where its libraries can say so."""

import pytest

from ttt.services.plays.deriving import memory


def test_all_that_was_freed_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = list[int]()
    monkeypatch.setattr(memory, "_trim", lambda: kept.append)
    memory.give_back()
    assert kept == [0]


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_where_there_is_another_library_nothing_is_done(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_name: None) -> None:
        raise error

    monkeypatch.setattr(memory.ctypes, "CDLL", unknown)
    assert memory._trim.__wrapped__()(0) is None
