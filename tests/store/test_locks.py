from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from ttt.store import locks


def test_a_lock_is_held_by_one_at_a_time(engine: Engine) -> None:
    release = locks.take(engine, "deezer")
    assert release is not None
    assert locks.take(engine, "deezer") is None
    assert locks.take(engine, "lastfm") is not None
    release()
    assert locks.take(engine, "deezer") is not None


def test_who_waits_for_a_lock_gets_it_when_it_is_free(engine: Engine) -> None:
    done: list[str] = []

    def wait() -> None:
        with locks.held(engine, "deezer"):
            done.append("second")

    with ThreadPoolExecutor(1) as pool:
        with locks.held(engine, "deezer"):
            waiting = pool.submit(wait)
            done.append("first")
        waiting.result(timeout=30)
    assert done == ["first", "second"]


def test_a_lock_is_free_after_an_error(engine: Engine) -> None:
    with pytest.raises(LookupError), locks.held(engine, "deezer"):
        raise LookupError
    assert locks.take(engine, "deezer") is not None
