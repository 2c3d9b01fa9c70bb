import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import acting, table
from tests.browser.people import People
from ttt.music import Period
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.playlists import playlists
from ttt.services.top import top_tracks
from ttt.services.tracks.rows import TrackRow

MEASURES = ("Popularity", "Energy", "Valence", "Tempo")
MAP = re.compile("map=")
CHARTS = ("Mood map", *MEASURES, "Keys", "Periods")


@pytest.fixture(autouse=True)
def titles(people: People, person: Person) -> list[str]:
    """Titles of the person's last four weeks."""
    return people.refresh(person)


def drag_round_the_left_half(page: Page) -> Locator:
    """Draw round the sadder half of the mood map, of which this is the surface."""
    # A figure tells screen readers nothing of where its plot lies.
    surface = page.locator(".nsewdrag").first

    def once() -> None:
        surface.scroll_into_view_if_needed()
        box = surface.bounding_box()
        assert box is not None
        left, top = box["x"] + 2, box["y"] + 2
        right, bottom = box["x"] + box["width"] / 2, box["y"] + box["height"] - 2
        page.mouse.move(left, top)
        page.mouse.down()
        page.mouse.move(right, bottom, steps=10)
        page.mouse.up()

    acting.until(page, once, lambda within: page.wait_for_url(MAP, timeout=within))
    acting.settled(page)
    return surface


def inside(page: Page, rows: Sequence[TrackRow]) -> list[TrackRow]:
    """The tracks in what was drawn round, by the address: the map ends where its tracks do."""
    drawn = parse_qs(urlsplit(page.url).query)["map"][0].split(",")
    spans = [tuple(map(float, span.split(".."))) for span in drawn]
    found = [
        row
        for row in rows
        if all(
            least <= (row.number(name) or 0) <= most
            for name, (least, most) in zip(("valence", "energy"), spans, strict=True)
        )
    ]
    assert 0 < len(found) < len(rows)
    return found


def test_every_chart_has_its_heading_and_says_what_it_stands_on(page: Page) -> None:
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    for chart in CHARTS:
        expect(page.get_by_role("heading", name=chart, exact=True)).to_be_visible()
    # Once for the page: a chart says it only where it differs.
    expect(page.get_by_text(re.compile("source: catalogue, 2022"))).to_have_count(1)
    expect(page.get_by_text("50 of 50 tracks have all values · source")).to_be_visible()


def test_the_table_shows_the_tracks_in_their_order(page: Page, titles: list[str]) -> None:
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    table.expect_column(page, "#", [str(place) for place in range(1, 11)])
    table.expect_column(page, "Title", titles[:10])


def test_another_period_shows_another_list_and_is_in_the_address(
    page: Page, people: People, person: Person
) -> None:
    year = top_tracks.read(people.context, person)[Period.LONG_TERM].rows
    titles = [str(row.title) for row in year[:10]]
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    page.get_by_role("radio", name="Last year").click()
    table.expect_column(page, "Title", titles)
    expect(page).to_have_url(re.compile(r"\?period=Last\+year$"))
    page.reload()
    expect(page.get_by_role("radio", name="Last year")).to_be_checked()
    table.expect_column(page, "Title", titles)


def test_selected_tracks_are_added_to_trending_once(page: Page, titles: list[str]) -> None:
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    expect(page.get_by_role("button", name="Add to trending")).to_have_count(0)
    table.select(page, 1, 3)
    acting.press(page, "Add to trending")
    expect(page.get_by_text("2 added")).to_be_visible()
    acting.press(page, "Add to trending")
    expect(page.get_by_text("2 already in your list")).to_be_visible()
    page.get_by_role("link", name="Trending").click()
    table.expect_rows(page, 2)
    table.expect_column(page, "Title", [titles[0], titles[2]])


def test_a_drag_on_the_mood_map_narrows_the_table_until_a_double_click(
    page: Page, people: People, person: Person
) -> None:
    rows = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    surface = drag_round_the_left_half(page)
    sad = [str(row.title) for row in inside(page, rows)]
    expect(page.get_by_text(f"{len(sad)} of 50 chosen on the charts")).to_be_visible()
    table.expect_rows(page, len(sad))
    table.expect_column(page, "Title", sad[:10])

    def once() -> None:
        box = surface.bounding_box()
        assert box is not None
        surface.dblclick(position={"x": box["width"] - 20, "y": 20})

    acting.until(page, once, lambda within: table.expect_rows(page, 50, within))


def test_what_a_drag_takes_is_ticked_and_becomes_a_playlist_and_a_list(
    page: Page, people: People, person: Person
) -> None:
    rows = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    drag_round_the_left_half(page)
    sad = [row.uri for row in inside(page, rows)]
    table.expect_rows(page, len(sad))
    acting.popover(page, "Playlist")
    acting.press(page, "Send to Spotify")
    expect(page.get_by_text(f"TTT_1 is at Spotify, with {len(sad)} tracks.")).to_be_visible()
    (sent,) = playlists.history(people.context, person)
    assert [f"spotify:track:{i}" for i in playlists.rows(people.context, person, sent.id)] == sad
    page.keyboard.press("Escape")
    acting.press(page, "Add to trending")
    expect(page.get_by_text(f"{len(sad)} added")).to_be_visible()
    assert [row.uri for row in entries.listed(people.context, person)] == sad


def test_figures_are_drawn_when_they_come_near_and_all_of_them_on_paper(page: Page) -> None:
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    last, drawn = page.get_by_role("group", name="Periods"), re.compile("js-plotly-plot")
    expect(page.get_by_role("group", name="Mood map")).to_have_class(drawn)
    acting.settled(page)
    height = last.evaluate("place => place.offsetHeight")
    expect(last).not_to_have_class(drawn)

    last.scroll_into_view_if_needed()
    expect(last).to_have_class(drawn)
    assert last.evaluate("place => place.offsetHeight") == height

    page.goto("/builder")
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    expect(last).not_to_have_class(drawn)
    page.emulate_media(media="print")
    acting.drawn(page)
    expect(last).to_have_class(drawn)


def test_a_sector_of_the_key_wheel_narrows_the_table(
    page: Page, people: People, person: Person
) -> None:
    rows = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows
    code, count = Counter(row.camelot for row in rows if row.camelot).most_common(1)[0]
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    acting.drawn(page)
    sector = page.locator(".textpoint text").filter(has_text=str(code)).first

    def once() -> None:
        sector.scroll_into_view_if_needed()
        box = sector.bounding_box()
        assert box is not None
        # By its place: Plotly's own layer lies over the text.
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    acting.until(page, once, lambda within: table.expect_rows(page, count, within))
    expect(page.get_by_text(f"{count} of 50 chosen on the charts")).to_be_visible()


def test_arrow_keys_tell_the_marks_of_a_figure_and_enter_chooses_one(
    page: Page, people: People, person: Person
) -> None:
    first = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    aloud = page.locator(".ttt-aloud")

    drawn, mood = re.compile("js-plotly-plot"), page.get_by_role("group", name="Mood map")
    mood.focus()
    expect(mood).to_have_class(drawn)
    page.keyboard.press("Home")
    saddest = min(first, key=lambda row: row.number("valence") or 1)
    expect(aloud).to_contain_text(saddest.label)
    page.keyboard.press("ArrowRight")
    expect(aloud).not_to_contain_text(saddest.label)

    energy = page.get_by_role("group", name="Energy")
    energy.focus()
    expect(energy).to_have_class(drawn)
    page.keyboard.press("End")
    expect(aloud).to_contain_text("track")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="of 50 chosen on the charts")).to_be_visible()
    # The figure that shows it has the keyboard now, and goes on where the other was.
    expect(energy).to_be_focused()
    acting.drawn(page)
    # Nor is a neighbour taken while the figure has changed its size and its marks have not yet.
    energy.evaluate("figure => figure.style.height = `${figure.offsetHeight * 2}px`")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="of 50 chosen on the charts")).to_have_count(0)
