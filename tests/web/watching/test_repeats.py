import logging

from ttt.web.watching.repeats import Repeats


class Clock:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def record(words: str = "the %s failed", error: Exception | None = None, **extra: object):
    found = logging.LogRecord("ttt", logging.ERROR, "", 0, words, ("page",), None)
    found.exc_info = (type(error), error, None) if error else None
    found.__dict__.update(extra)
    return found


def test_what_repeats_is_written_five_times_a_minute_and_then_counted() -> None:
    clock = Clock()
    repeats = Repeats(clock=clock)
    assert [repeats.filter(record()) for _ in range(8)] == [True] * 5 + [False] * 3
    clock.time = 61
    again = record()
    assert repeats.filter(again)
    assert again.getMessage() == "the page failed (and 3 more like it before)"
    later = record()
    assert repeats.filter(later)
    assert later.getMessage() == "the page failed"


def test_other_words_other_errors_and_other_kinds_are_no_repetition() -> None:
    repeats = Repeats(most=1)
    for one in (
        record(),
        record("another"),
        record(error=ValueError()),
        record(error=KeyError()),
        record(kind=503),
    ):
        assert repeats.filter(one)
    assert not repeats.filter(record(error=KeyError("other")))


def test_a_record_may_have_a_bound_of_its_own() -> None:
    repeats = Repeats(most=1)
    assert [repeats.filter(record(most=3)) for _ in range(4)] == [True] * 3 + [False]


def test_ever_new_messages_do_not_fill_the_memory() -> None:
    repeats = Repeats()
    for number in range(5_000):
        repeats.filter(record(f"message {number}"))
    assert len(repeats._seen) <= 1_000
