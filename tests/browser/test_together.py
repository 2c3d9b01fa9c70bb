"""What is shown to others, in real browsers: two people who agree, a recap's link, and a drag."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.browser.test_axe import findings
from tests.services.plays.conftest import take
from ttt.plays import ToldPlay
from ttt.providers.values.catalogue import Catalogue
from ttt.services.person import Person
from ttt.services.values import enrich
from ttt.store.tracks import tracks

_STRETCH = re.compile(r"stretch=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d")


def hear(people: People, person: Person) -> None:
    """Nine months of two plays a day of tracks whose values are known."""
    context = people.context
    now = int(context.now().timestamp())
    known = Catalogue.load(context.settings.catalogue_file).search("the", 12)
    told = [
        ToldPlay(
            now - day * 86_400 - n * 4_000 - 500,
            track.title or "",
            tuple(artist.name for artist in track.artists),
            ms=180_000,
            spotify_id=track.spotify_id,
        )
        for day in range(270)
        for n, track in enumerate((known[day % 12], known[day // 30]))
    ]
    take(context, person.id, told)
    with context.session() as session:
        ids = tracks.ids_of(session, [track.spotify_id for track in known])
        enrich.from_catalogue(context, session, ids)
        session.commit()


@pytest.fixture
def heard(people: People, person: Person) -> None:
    hear(people, person)


def test_two_people_agree_and_either_ends_it(
    page: Page, people: People, server: Server, heard: None, browse: Browse
) -> None:
    other = people.add()
    hear(people, other)
    page.goto("/together")
    expect(page.get_by_text("nobody sees anything of yours here")).to_be_visible()
    acting.press(page, "Invite somebody")
    link = acting.shown_link(page)

    theirs = browse(server, people.session(other))
    theirs.goto(link)
    expect(theirs.get_by_text("would like to compare what you both hear")).to_be_visible()
    theirs.get_by_role("button", name="Agree").click()
    expect(theirs.get_by_text("100 of 100 alike")).to_be_visible()
    expect(theirs.get_by_text(re.compile("leads 12 tracks in common"))).to_be_visible()
    expect(theirs).not_to_have_url(re.compile("compare="))

    page.goto("/together")
    expect(page.get_by_text(f"100 of 100 alike with {other.name}")).to_be_visible()
    acting.popover(theirs, "End")
    acting.press(theirs, "Yes, end it")
    expect(theirs.get_by_text("nobody sees anything of yours here")).to_be_visible()
    page.get_by_role("radio", name="All").click()
    expect(page.get_by_text("nobody sees anything of yours here")).to_be_visible()
    expect(page.get_by_text(other.name)).to_have_count(0)


def test_a_recap_is_seen_without_an_account_until_its_link_is_ended(
    page: Page, server: Server, heard: None, browse: Browse
) -> None:
    page.goto("/recap?range=1y")
    acting.press(page, "Make a link to this recap")
    link = acting.shown_link(page)

    stranger = browse(server)
    stranger.goto(link)
    expect(stranger.get_by_role("heading", name="The last year in music")).to_be_visible()
    expect(stranger.get_by_role("img").filter(visible=True).nth(5)).to_be_visible()
    assert [*findings(stranger)] == []
    stranger.goto("/recap?range=1y")
    expect(stranger.get_by_label("Username")).to_be_visible()

    acting.popover(page, "End")
    acting.press(page, "Yes, end it")
    expect(page.get_by_text("Only you see this recap")).to_be_visible()
    stranger.goto(link)
    expect(stranger.get_by_text("There is no recap at this link")).to_be_visible()


def drag(page: Page, low: float, high: float) -> None:
    """Drag over a part of the first chart."""

    def once() -> None:
        box = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] * low, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * high, y + 4, steps=8)
        page.mouse.up()

    acting.until(page, once, lambda within: page.wait_for_url(_STRETCH, timeout=within))


def expect_short_words_in_a_narrow_window(page: Page) -> None:
    texts = ("share of the time whose values", "values known")
    long, short = (page.locator(".annotation-text", has_text=text) for text in texts)
    for width, with_long in ((1280, 1), (320, 0), (1280, 1)):
        page.set_viewport_size({"width": width, "height": 720})
        expect(long).to_have_count(with_long)
        expect(short).to_have_count(1 - with_long)


def test_a_drag_over_the_river_gives_the_tracks_of_that_time(page: Page, heard: None) -> None:
    # Months, as a week here has too little music for a mark.
    page.goto("/mood?range=6m&step=month")
    expect(page.locator(".js-plotly-plot .nsewdrag").first).to_be_visible()
    expect_short_words_in_a_narrow_window(page)
    drag(page, 0.4, 0.6)
    heading = page.get_by_role("heading", name=re.compile("^Heard "))
    expect(heading).to_be_visible()
    acting.popover(page, f"Use these tracks “{heading.inner_text()}”")
    page.get_by_role("button", name="Draft").click()
    page.wait_for_url("**/builder")
    expect(page.get_by_text(re.compile(r"tracks: Heard "))).to_be_visible()


def test_two_days_that_are_typed_give_the_tracks_of_that_time(page: Page, heard: None) -> None:
    page.goto("/mood?range=6m&step=month")
    acting.popover(page, "Choose days")
    day = datetime.now(UTC).date() - timedelta(days=30)
    for label in ("From", "Until"):
        page.get_by_role("group", name=label).get_by_role("spinbutton").first.focus()
        page.keyboard.type(f"{day:%Y%m%d}")
    acting.press(page, "Show its tracks")
    page.wait_for_url(f"**stretch={day}..{day}*")
    chosen = re.compile(f"^Heard {day.day} ")
    expect(page.get_by_role("heading", name=chosen)).to_be_visible()
    page.keyboard.press("Escape")
    acting.press(page, "Clear")
    expect(page.get_by_role("heading", name=chosen)).to_have_count(0)
