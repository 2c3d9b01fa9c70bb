from collections.abc import Iterator

import pytest
import streamlit as st

from ttt.chartdata import By, Caption, Of
from ttt.services.plays.frame import Narrowing
from ttt.ui.plays import panel

KEYS = (
    ("tops", 1, Narrowing(), Of.TRACKS, By.PLAYS),
    ("tops", 1, Narrowing(), Of.TRACKS, By.MINUTES),
    ("tops", 1, Narrowing(), Of.ALBUMS, By.PLAYS),
    ("tops", 1, Narrowing(private=True), Of.TRACKS, By.PLAYS),
    ("tops", 1, Narrowing(artist="1"), Of.TRACKS, By.PLAYS),
    ("tops", "1", Narrowing(), Of.TRACKS, By.PLAYS),
    ("tops", (1, Narrowing()), Of.TRACKS, By.PLAYS),
    ("tops", None, Narrowing(), "tracks", By.PLAYS),
)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.mark.parametrize(
    ("coverage", "left"),
    [
        ("every day recorded", "Line: before."),
        ("every day recorded · minutes are about right", "Minutes are about right. Line: before."),
        ("3 of 9 days recorded", "3 of 9 days recorded. Line: before."),
        ("a key for 9 % · every day recorded", "A key for 9 %. Line: before."),
        ("every day recorded twice", "Every day recorded twice. Line: before."),
    ],
)
def test_what_the_page_says_above_is_not_said_under_a_chart(coverage: str, left: str) -> None:
    caption = Caption("Much", coverage, "Line: before.")
    shown = panel.html("Name", caption, "", above="every day recorded")

    assert f'<p class="ttt-under">{left}</p>' in shown


def test_what_is_measured_is_kept_for_what_equals_its_key_and_for_nothing_else() -> None:
    for n, key in enumerate(KEYS):
        assert panel.measured(key, lambda n=n: n) == n  # type: ignore[misc]
    again = [panel.measured((*key[:2], *key[2:]), lambda: -1) for key in KEYS]
    assert again == list(range(len(KEYS)))
