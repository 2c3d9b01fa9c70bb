"""The way through an account's plays, page by page, to the second."""

from datetime import UTC, datetime
from typing import Any

from ttt.models import Recorder
from ttt.providers.followed.pages import Page
from ttt.services.recorders import walking


def recorder(newest: int | None = None, oldest: int | None = None, *, read: bool = False) -> Any:
    moments = [None if at is None else datetime.fromtimestamp(at, UTC) for at in (newest, oldest)]
    return Recorder(newest_at=moments[0], oldest_at=moments[1], past_is_read=read)


def page(newest: int | None, oldest: int | None) -> Page:
    return Page((), 0, oldest, newest)


def past(before: int) -> walking.Cursor:
    return {"past": True, "before": before, "top": None}


def test_the_first_page_of_all_leads_into_the_past() -> None:
    following, known = walking.onwards(recorder(), walking.start(), page(900, 500))
    assert following == past(501)
    assert known == {"newest_at": 900, "oldest_at": 501, "past_is_read": False}


def test_an_account_without_plays_is_read_at_once() -> None:
    following, known = walking.onwards(recorder(), walking.start(), page(None, None))
    assert following is None
    assert known == {"newest_at": None, "oldest_at": None, "past_is_read": True}


def test_the_past_is_walked_down_to_its_end() -> None:
    following, known = walking.onwards(recorder(900, 501), past(501), page(500, 300))
    assert (following, known) == (past(301), {"past_is_read": False, "oldest_at": 301})
    following, known = walking.onwards(recorder(900, 301), past(301), page(None, None))
    assert (following, known) == (None, {"past_is_read": True})


def test_what_is_new_is_walked_down_to_what_is_known_and_counts_once_it_is_there() -> None:
    known_until = recorder(900, 100, read=True)
    first, known = walking.onwards(known_until, walking.start(), page(1_500, 1_200))
    assert (first, known) == ({"past": False, "before": 1_201, "top": 1_500}, {})
    assert walking.onwards(known_until, first or {}, page(1_199, 899)) == (
        None,
        {"newest_at": 1_500},
    )


def test_a_page_that_ends_right_above_what_is_known_has_another_one() -> None:
    known_until = recorder(900, read=True)
    for oldest, goes_on in ((900, True), (899, False)):
        following, _ = walking.onwards(known_until, walking.start(), page(950, oldest))
        assert (following is not None) is goes_on


def test_a_past_that_was_not_read_to_the_end_is_taken_up_again() -> None:
    following, known = walking.onwards(recorder(900, 301), walking.start(), page(950, 800))
    assert (following, known) == (past(301), {"newest_at": 950})


def test_an_older_answer_takes_nothing_back() -> None:
    _, known = walking.onwards(recorder(900, read=True), walking.start(), page(700, 600))
    assert known == {"newest_at": 900}


def test_a_page_of_one_second_only_is_left_behind() -> None:
    following, _ = walking.onwards(recorder(900, 501), past(501), page(500, 500))
    assert following == past(500)
    following, _ = walking.onwards(recorder(900, 502), past(502), page(501, 500))
    assert following == past(501)


def test_whoever_goes_no_further_down_is_not_asked_for_ever() -> None:
    newest_always = page(900, 500)
    cursor, pages = walking.start(), 0
    while cursor is not None and pages < 10:
        cursor, known = walking.onwards(recorder(), cursor, newest_always)  # type: ignore[assignment]
        pages += 1
    assert pages == 3
    assert known["past_is_read"]
