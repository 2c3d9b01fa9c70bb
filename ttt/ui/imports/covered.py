"""What is covered: a lane a source over the years, gaps hatched through all of them."""

import streamlit as st

from ttt.charts.plays import lanes
from ttt.charts.theme import theme
from ttt.services.person import Person
from ttt.services.plays import covering
from ttt.services.plays.covering import Coverage
from ttt.ui.figures import told
from ttt.ui.frame import browser, process
from ttt.ui.frame.listing import sections

_SHORTEST = 60


def look(person: Person) -> Coverage | None:
    """What is covered by now; kept until other plays count."""
    context = process.context()
    revision = covering.revision(context, person)
    # Gaps grow by themselves, and days go by.
    hour = int(context.now().timestamp()) // 600
    return _look(person, person.id, revision, str(browser.zone()), hour)


def show(coverage: Coverage | None) -> None:
    """Draw the lanes, as soon as there is something to compare."""
    if coverage is None:
        return
    covered = coverage.covered
    if len(covered.lanes) == 1 and (covered.last - covered.first).days < _SHORTEST:
        return
    sections.heading("What is covered", covered.caption.takeaway)
    figure = lanes.figure(covered, theme(browser.theme()), narrow=browser.touch())
    st.html(told.figure(figure, "What is covered"))


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False)
def _look(
    _person: Person,
    person_id: int,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    zone: str,  # noqa: ARG001
    hour: int,  # noqa: ARG001
) -> Coverage | None:
    return covering.of(process.context(), _person, browser.zone())
