from dataclasses import replace

from ttt.services.context import Context
from ttt.services.server import workers


def test_a_process_has_the_first_name_that_is_free(context: Context) -> None:
    first, give_back = workers.take_name(context)
    second, _ = workers.take_name(replace(context))
    assert (first, second) == ("worker-1", "worker-2")
    assert workers.take(context, "worker-1") is None
    give_back()
    again, _ = workers.take_name(context)
    assert again == "worker-1"
