from dataclasses import replace

import pytest

from ttt.services.context import Context
from ttt.services.server import workers
from ttt.store import locks


def test_a_process_has_the_first_name_that_is_free(context: Context) -> None:
    first, give_back = workers.take_name(context)
    second, _ = workers.take_name(replace(context))
    assert (first, second) == ("worker-1", "worker-2")
    assert workers.take(context, "worker-1") is None
    give_back()
    again, _ = workers.take_name(context)
    assert again == "worker-1"


def test_no_more_work_on_one_database_than_there_are_names(
    context: Context,
) -> None:
    held = [workers.take_name(context) for _ in range(64)]
    assert [name for name, _ in held] == [f"worker-{number}" for number in range(1, 65)]
    with pytest.raises(RuntimeError, match="more than 64 processes"):
        workers.take_name(context)


def test_a_name_is_taken_where_nobody_lives_who_may_have_it(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = workers.take(context, "worker-9")
    assert free is not None
    free()
    monkeypatch.setattr(locks, "unsettled", lambda _engine: 1.0)
    assert workers.take(context, "worker-9") is None
