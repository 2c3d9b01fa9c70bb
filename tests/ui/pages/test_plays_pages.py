"""Pages of listening over time: empty, with a history, and asked by their address for anything."""

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.services.plays.conftest import take
from tests.ui.conftest import (
    Open,
    click,
    drafted,
    figures,
    headings,
    html,
    open_up,
    page_links,
    play,
    seen,
    to_copy,
    words,
)
from ttt.music import Period
from ttt.plays import Device, How, PlaySource, ToldPlay
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.lists import entries, lists
from ttt.services.person import Person
from ttt.services.plays import heard as names_heard
from ttt.services.plays.sharing import recap_links
from ttt.services.values import by_hand
from ttt.store.spotify import snapshots
from ttt.store.tracks import tracks
from ttt.ui.frame import navigation
from ttt.ui.plays import panel
from ttt.ui.work import background

PAGES = ("listening", "mood", "my_charts", "discoveries", "recap")
LINKED = ("track", "artist", "album", "genre")


def history(context: Context) -> list[ToldPlay]:
    """Three plays a day for two years, of thirty tracks, with fifteen of one within a week."""
    random_ = random.Random(5)
    now = int(context.now().timestamp())
    told = []
    for day in range(730):
        for n in range(3):
            track = min(int(random_.expovariate(0.15)), 29)
            told.append(_told(now - day * 86_400 - n * 5_000 - 600, track))
    told += [_told(now - 40 * 86_400 + n * 20_000, 30) for n in range(20)]
    return told


def _told(at: int, track: int) -> ToldPlay:
    names = (f"Song {track}", (f"Band {track % 7}",))
    return ToldPlay(at, *names, ms=200_000, album=f"Album {track % 9}", spotify_id=f"{track:022}")


@pytest.fixture
def heard(context: Context, ada: Person) -> Context:
    take(context, ada.id, history(context))
    return context


@pytest.mark.parametrize("name", [*PAGES, "home"])
def test_what_is_kept_of_plays_is_known_by_what_its_key_says(
    name: str, open_page: Open, heard: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: list[str] = []
    kept = panel._measured

    def listen(*, _measure: Callable[[], object], key: str) -> object:
        keys.append(key)
        return kept(_measure=_measure, key=key)

    monkeypatch.setattr(panel, "_measured", listen)
    app = open_page(name)

    assert not app.exception
    assert keys
    # An object that says where it lies and not what it is may lie where another one lay.
    assert not [key for key in keys if " at 0x" in key]


@pytest.mark.parametrize("name", [*PAGES, *LINKED])
def test_without_plays_a_page_says_what_to_do(name: str, open_page: Open) -> None:
    app = open_page(name)

    assert not app.exception
    assert "Bring your listening history" in words(app)
    assert "or connect Spotify" in words(app)
    assert "Connect Spotify" in page_links(app)


def test_whose_plays_ended_long_ago_sees_them_all_until_a_time_is_chosen(
    context: Context, ada: Person, open_page: Open
) -> None:
    long_ago = int(context.now().timestamp()) - 800 * 86_400
    take(context, ada.id, [_told(long_ago + n * 90_000, n % 3) for n in range(9)])

    app = open_page("recap")
    (year,) = [group for group in app.button_group if group.label == "Year"]
    assert (year.value, year.options) == ("2024", ["2024"])
    assert "The track you played most" in "".join(html(app))
    assert "of all time, by plays" in words(open_page("home"))

    app = open_page("listening")
    (time,) = [group for group in app.button_group if group.label == "Time"]
    assert time.value == "all"
    assert "9 plays" in words(app)
    time.set_value("1y").run()
    assert time.value == "1y"
    assert words(app).count("Nothing was recorded in this time.") == 1
    assert headings(app) == set()


def test_empty_pages_say_each_what_they_will_show(open_page: Open) -> None:
    said = {app.caption[0].value for app in map(open_page, PAGES)}
    assert len(said) == len(PAGES)


def test_who_is_connected_is_not_told_to_connect(
    open_page: Open, context: Context, ada: Person, demo: DemoSpotify
) -> None:
    connect_demo(context, ada)
    app = open_page("listening")
    assert "Bring your listening history" in words(app)
    assert "or connect Spotify" not in words(app)
    # Made-up plays are there to try it, as the demo is what is connected.
    assert page_links(app) == ["Try it: bring ten years of made-up plays, in one step"]


def test_on_a_phone_a_number_with_nothing_before_it_stands_alone(
    open_page: Open, context: Context, ada: Person
) -> None:
    now = int(context.now().timestamp())
    take(context, ada.id, [_told(now - day * 86_400 - 600, day % 5) for day in range(30)])
    told = "".join(html(open_page("listening")))
    shorts = re.findall(r'<span class="short">(.*?)</span>', told)
    assert "not recorded" in told
    assert shorts[:3] == ["", "", ""]


@pytest.fixture
def scrobbled(context: Context, ada: Person) -> Context:
    """A year that Last.fm told by names: songs of the catalogue, and some that nobody knows."""
    catalogue = Catalogue.load(context.settings.catalogue_file)
    songs = [found for found in catalogue.tracks() if found.title and found.artists][:12]
    known = [(song.title or "", tuple(one.name for one in song.artists)) for song in songs]
    names = [*known, *((f"Unknown {n}", ("Nobody",)) for n in range(4))]
    now = int(context.now().timestamp())
    told = [
        ToldPlay(now - day * 86_400 - n * 4_000 - 600, *names[(day * 3 + n) % len(names)])
        for day in range(365)
        for n in range(3)
    ]
    take(context, ada.id, told, PlaySource.LASTFM)
    return context


def test_a_history_of_names_only_has_moods(
    open_page: Open, scrobbled: Context, ada: Person
) -> None:
    assert "No values are known yet for what was heard" in words(open_page("mood"))

    names_heard.borrow(scrobbled, ada.id)

    app = open_page("mood")
    said = words(app)
    assert not app.exception
    assert re.search(r"Since November 2025: energy 0\.\d\d, valence 0\.\d\d, tempo \d+ BPM", said)
    assert "No values are known yet" not in said
    assert "Unknown 1" not in said.partition("Top tracks")[0]


@pytest.mark.parametrize("name", PAGES)
def test_with_a_history_a_page_shows_it(name: str, open_page: Open, heard: Context) -> None:
    app = open_page(name)

    assert not app.exception
    assert not app.error
    assert len(words(app)) > 400


@pytest.mark.parametrize(
    ("anybody", "said"),
    [
        (True, "How this felt is not known yet. What you played most is looked up first."),
        (False, "How this felt is not known: this server looks nothing up."),
    ],
)
def test_where_no_value_is_known_a_sentence_stands_in_the_place_of_empty_charts(
    open_page: Open,
    heard: Context,
    ada: Person,
    monkeypatch: pytest.MonkeyPatch,
    anybody: bool,
    said: str,
) -> None:
    monkeypatch.setattr(background, "anybody_to_ask", lambda: anybody)
    app = open_page("mood")
    assert said in words(app)
    assert headings(app) == {"Week by week", "Top tracks"}

    by_hand.set_values(heard, ada, f"spotify:track:{0:022}", {"energy": 0.5})
    app = open_page("mood")
    assert said not in words(app)
    assert "By hour and weekday" in headings(app)


def test_moods_are_weighed_by_time_unless_plays_are_chosen(
    open_page: Open, scrobbled: Context, ada: Person
) -> None:
    names_heard.borrow(scrobbled, ada.id)
    by_time, by_plays = words(open_page("mood")), words(open_page("mood", by="plays"))

    assert "Weighed by time heard" in by_time
    assert "of the time" in by_time
    assert "Each play weighs the same" in by_plays
    assert "of the plays" in by_plays
    assert "of the time" not in by_plays


def test_discoveries_are_counted_in_what_is_chosen(open_page: Open, heard: Context) -> None:
    by_plays, by_minutes = (words(open_page("discoveries", by=by)) for by in ("plays", "minutes"))

    assert "Song 30: 20 plays within a week" in by_plays
    assert "Song 30: 67 minutes within a week" in by_minutes
    assert "of the minutes since went to those that stayed" in by_minutes


@pytest.mark.parametrize("name", ["listening", "mood", "discoveries"])
def test_what_is_recorded_and_known_of_all_is_said_once(
    name: str, open_page: Open, heard: Context
) -> None:
    text = words(open_page(name, range="1y"))

    assert text.lower().count("every day recorded") == 1
    assert len(re.findall(r"values for \d+ %", text, re.IGNORECASE)) == (name == "mood")


def test_what_nothing_is_known_of_is_said_in_its_sentence_alone(
    open_page: Open, heard: Context, ada: Person
) -> None:
    by_hand.set_values(heard, ada, f"spotify:track:{0:022}", {"energy": 0.5})
    app = open_page("mood", measure="valence")
    text = words(app)

    for sentence in (
        "No genre is known yet",
        "No key is known yet",
        "No release year is known yet",
    ):
        assert text.count(sentence) == 1
    assert text.count("No values are known yet for what was heard") == 2
    assert not re.search(r"for 0 % of", text.partition("Week by week")[2])
    assert figures(app) == []


def test_how_sure_minutes_are_mood_says_once(
    open_page: Open, scrobbled: Context, ada: Person
) -> None:
    names_heard.borrow(scrobbled, ada.id)
    text = words(open_page("mood")).lower()

    assert text.count("minutes are about right") == 1
    assert text.count("a genre is known for") == 1


@pytest.mark.parametrize("of", ["track", "artist", "album"])
def test_a_page_of_one_says_once_what_is_recorded(of: str, open_page: Open, heard: Context) -> None:
    text = words(open_page(of, id="1".zfill(22), name="Band 1"))

    assert len(re.findall("(?:every day|days) recorded", text, re.IGNORECASE)) == 1


def test_this_day_of_earlier_years_stands_by_year(open_page: Open, heard: Context) -> None:
    page = "".join(html(open_page("discoveries")))
    (listed,) = re.findall(r"<h2>On this day</h2>.*?</ol>", page)
    places = re.findall(r'<span class="place year">(\d{4})</span>', listed)

    assert places
    assert places == sorted(places, reverse=True)
    assert "place year" not in page.replace(listed, "")


@pytest.mark.parametrize("of", ["track", "artist", "album", "genre"])
def test_an_address_of_nothing_heard_leads_on(of: str, open_page: Open, heard: Context) -> None:
    app = open_page(of, id="999999", name="Nobody")

    assert f"No {of} of this address is among your plays" in words(app)
    assert "All that you heard" in page_links(app)


def test_listening_tells_numbers_and_tops(open_page: Open, heard: Context) -> None:
    text = words(open_page("listening"))

    assert "365 of 365" not in text
    assert "every day recorded" in text
    assert "Song 0" in text
    assert "since" in text
    assert "was the fullest week" in text


def test_a_range_stands_in_the_address(open_page: Open, heard: Context) -> None:
    app = open_page("listening")
    (times,) = [group for group in app.button_group if group.label == "Time"]
    app = times.set_value("4w").run()

    assert app.query_params["range"] == "4w"
    assert "4 weeks before" in words(app)


@pytest.mark.parametrize("range_", ["2025", "2025-03", "2026-01-01..2026-02-01", "all", "nonsense"])
def test_an_address_names_any_time(
    range_: str, app: AppTest, open_page: Open, heard: Context
) -> None:
    open_page("listening")
    app.query_params["range"] = range_
    app.run()

    assert not app.exception


def test_minutes_can_be_counted(open_page: Open, heard: Context) -> None:
    app = open_page("listening")
    (counted,) = [group for group in app.button_group if group.label == "Counted in"]
    app = counted.set_value("minutes").run()

    assert app.query_params["by"] == "minutes"
    assert "minutes" in words(app)


@pytest.mark.parametrize("name", [*PAGES, *LINKED])
def test_time_and_plays_are_chosen_on_every_page_alike(
    name: str, open_page: Open, heard: Context
) -> None:
    """The four that lead to one thing as well as the five that show all of them."""
    named = {"id": "1"} if name in {"track", "album"} else {"name": "Band 3"}
    app = open_page(name, range="6m", **(named if name in LINKED else {}))
    if name == "genre":
        assert "No genre of this address" in words(app)
        return
    (times,) = [group for group in app.button_group if group.label == "Time"]
    assert times.value == "6m"
    app = times.set_value("4w").run()
    assert not app.exception
    assert app.query_params["range"] == "4w" or app.query_params["range"] == ["4w"]
    (source,) = [box for box in app.selectbox if box.label == "Source"]
    assert source.options == [PlaySource.SPOTIFY_HISTORY.label]
    app = source.set_value(str(int(PlaySource.SPOTIFY_HISTORY))).run()
    assert not app.exception
    assert "source" in app.query_params


def test_a_life_is_that_of_the_time_that_was_chosen(open_page: Open, heard: Context) -> None:
    whole = words(open_page("track", id="1"))
    assert "Plays by month" in whole
    text = words(open_page("track", id="1", range="4w", by="minutes"))

    assert "Minutes by week" in text
    assert re.search(r"[\d,]+ plays? in the last 4 weeks", text)
    assert re.search(r"\d+ in the 4 weeks before", text)
    assert "4 weeks before: " in text


def test_a_life_without_plays_in_a_time_says_so(open_page: Open, heard: Context) -> None:
    text = words(open_page("artist", name="Band 3", range="2019"))

    assert "No play in 2019" in text
    assert "Not played in this time" in text


def test_charts_and_stories_are_those_of_the_time_that_was_chosen(
    context: Context, open_page: Open, heard: Context
) -> None:
    year = str(context.now().year - 1)
    app = open_page("my_charts", range=year)
    (chart,) = [box for box in app.selectbox if box.label == "Chart"]
    assert all(year in option or str(int(year) + 1) in option for option in chart.options)
    assert "led in 53 weeks" in words(app) or "led in 52 weeks" in words(app)
    # Twenty plays within a week lie forty days back.
    assert "Song 30: 20 plays within a week" in words(open_page("discoveries", range="6m"))
    assert "No track was played fifteen times within a week" in words(
        open_page("discoveries", range="4w")
    )


def test_an_artist_alone_can_be_looked_at(app: AppTest, open_page: Open, heard: Context) -> None:
    open_page("listening")
    app.query_params["artist"] = "Band 3"
    text = words(app.run())

    assert "Band 3 alone" in text


def test_a_table_says_the_same_and_can_be_taken(open_page: Open, heard: Context) -> None:
    app = click(open_page("listening"), "Table")
    address = dict(app.query_params)
    first = next(iter(app.dataframe))
    tabled = figures(app)
    app = click(app, "Charts")

    assert first.value.columns[0] == "week from"
    assert address["view"] == "table"
    assert tabled == []
    assert len(figures(app)) == 3
    assert len(app.dataframe) == 0


def test_what_was_skipped_and_on_what_it_played_is_shown_where_a_source_says_it(
    context: Context, ada: Person, open_page: Open
) -> None:
    now = int(context.now().timestamp())
    names = "Left", ("Band",)
    left = ToldPlay(now - 900, *names, ms=4_000, device=Device.PHONE)
    played = ToldPlay(now - 600, *names, ms=200_000, device=Device.TV, how=How.SHUFFLE)
    take(context, ada.id, [left, played])
    shown = "".join(html(open_page("listening")))

    assert "Left was skipped most, 1 of 2 times" in shown
    assert "TV alone: 100 % of the plays" in shown  # a skip is no play
    assert "On shuffle" in shown

    app = open_page("listening", view="table")
    assert {"Skipped most", "How it was played"} <= set(headings(app))


def test_what_was_skipped_stands_alone_where_no_source_names_a_device(
    context: Context, ada: Person, open_page: Open
) -> None:
    at = int(context.now().timestamp()) - 900
    told = [ToldPlay(at, "Song", ("Band",), ms=4_000)]
    take(context, ada.id, told, PlaySource.SPOTIFY_ACCOUNT_DATA)

    for view in ({}, {"view": "table"}):
        shown = headings(open_page("listening", **view))
        assert "Skipped most" in shown
        assert "How it was played" not in shown


def test_nothing_is_said_of_ways_and_skips_that_no_source_tells(
    context: Context, ada: Person, open_page: Open
) -> None:
    at = int(context.now().timestamp()) - 900
    take(context, ada.id, [ToldPlay(at, "Song", ("Band",))], PlaySource.LASTFM)
    shown = "".join(html(open_page("listening")))

    assert "Sittings" in shown
    assert "Skipped most" not in shown
    assert "How it was played" not in shown


TABLES = {
    "listening": (
        *("Over time", "Day by day", "Round the clock", "Top tracks", "Top artists"),
        *("Top albums", "Top genres", "Sittings", "All numbers"),
    ),
    "mood": (
        *("Mood over time", "Each year a row, each week a stripe", "By hour and weekday"),
        *("By season", "Keys", "Top tracks"),
    ),
    "my_charts": (
        *("The chart of the week", "Twelve weeks"),
        *("Number ones", "Longest on the chart"),
    ),
    "discoveries": (
        *("Heard for the first time", "On this day", "Obsessions"),
        *("Forgotten favourites", "Comebacks"),
    ),
    "track": ("Its life with you", "Plays by month", "Place on your charts"),
}


@pytest.mark.parametrize("name", TABLES)
def test_each_chart_and_list_has_an_equal_table_and_a_file(
    name: str, open_page: Open, heard: Context, ada: Person
) -> None:
    values = {"energy": 0.5, "valence": 0.5, "tempo": 120.0, "key": 2, "mode": 1}
    for n in range(15):
        by_hand.set_values(heard, ada, f"spotify:track:{n:022}", values)
    told = {"id": "1"} if name == "track" else {}
    drawn = figures(open_page(name, **told))
    app = open_page(name, **told, view="table")

    assert not app.exception
    assert set(TABLES[name]) <= headings(app)
    linked = [one for one in app.get("html") if 'class="ttt-table"' in one.proto.body]
    assert len(TABLES[name]) == len(app.dataframe) + len(linked)
    saved = [b for b in app.get("download_button") if seen(b.proto.label) == "CSV"]
    assert len(saved) == len(TABLES[name])
    # Every figure is one of them.
    assert len(drawn) <= len(TABLES[name])
    assert figures(app) == []


@pytest.mark.parametrize(("name", "table"), [("recap", "What the cards say"), ("home", "The week")])
def test_the_only_table_of_a_page_folds_out_below_what_it_says(
    name: str, table: str, open_page: Open, heard: Context
) -> None:
    app = open_page(name)
    folded = [fold for fold in app.expander if fold.label == "As a table"]
    app.session_state[f"table of {table}"] = True
    app.run()

    assert not app.exception
    assert len(folded) == 1
    linked = [one for one in app.get("html") if 'class="ttt-table"' in one.proto.body]
    assert len(app.dataframe) + len(linked) == 1
    assert "CSV" in [seen(button.proto.label) for button in app.get("download_button")]


@pytest.mark.parametrize("name", ["discoveries", "mood"])
def test_what_is_offered_for_several_lists_has_a_name_for_each(
    name: str, open_page: Open, heard: Context
) -> None:
    app = open_page(name, view="table")
    names = [one.label for one in app.button]
    names += [one.proto.label for one in app.get("download_button")]
    names += [one.proto.popover.label for one in app.get("popover")]
    alike = Counter(map(seen, names))
    assert alike["CSV"] > 1
    assert alike["Use these tracks"] + alike["Use this track"] > 0
    assert [one for one, n in Counter(names).items() if n > 1] == []


def test_names_in_tables_lead_to_their_pages(open_page: Open, heard: Context) -> None:
    app = open_page("my_charts", view="table")
    tables = [one.proto.body for one in app.get("html") if 'class="ttt-table"' in one.proto.body]
    cells = [re.findall(r'<td[^>]*data-of="(\w+)"><a href="/(\w+)', table) for table in tables]
    heads = [re.findall(r'<th[^>]*><a href="/(\w+)', table) for table in tables]

    assert not app.exception
    # Lists name a track and its artists in each row, the lines name tracks in their head.
    assert {frozenset(each) for each in cells} == {
        frozenset(),
        frozenset({("track", "track"), ("by", "artist")}),
        frozenset({("name", "track"), ("by", "artist")}),
    }
    assert sorted(map(set, heads), key=len) == [set(), set(), set(), {"track"}]


def test_listening_shows_eight_numbers_beside_the_time_before(
    open_page: Open, heard: Context
) -> None:
    text = words(open_page("listening"))

    for name in ("Plays", "Hours", "Different tracks", "Different artists", "New tracks"):
        assert name in text
    for name in ("New artists", "Days in a row", "Skipped"):
        assert name in text
    assert text.count("in the year before") >= 6


def test_of_many_artists_those_heard_most_can_be_chosen(
    context: Context, ada: Person, open_page: Open
) -> None:
    now = int(context.now().timestamp())
    told = [
        ToldPlay(now - 400 * n, f"Song {n}", (f"Band {n:03}",), ms=200_000) for n in range(1, 320)
    ]
    told += [ToldPlay(now - 200_000 - 400 * n, "Hit", ("Zebra",), ms=200_000) for n in range(1, 9)]
    take(context, ada.id, told)
    (artist,) = [box for box in open_page("listening").selectbox if box.label == "Artist"]

    assert len(artist.options) == 300
    assert artist.options[-1] == "Zebra"


def test_a_chart_of_a_week_is_chosen_with_buttons(open_page: Open, heard: Context) -> None:
    app = open_page("my_charts")
    before = words(app)
    (earlier,) = [button for button in app.button if button.key == "chart Earlier"]
    app = earlier.click().run()

    assert not app.exception
    assert app.query_params["at"]
    assert words(app) != before


def test_lines_of_ranks_are_those_of_chosen_tracks_and_stand_in_the_address(
    open_page: Open, heard: Context
) -> None:
    app = open_page("my_charts", step="month")
    app = open_up(app, "Lines")
    (lines,) = [box for box in app.multiselect if box.label == "Lines"]
    assert lines.value == []
    chosen = [
        option for option in lines.options if option in ("Song 2 · Band 2", "Song 3 · Band 3")
    ]
    assert len(chosen) == 2
    app = open_up(open_page("my_charts", step="month", lines="4|3"), "Lines")
    (lines,) = [box for box in app.multiselect if box.label == "Lines"]
    assert lines.value == ["4", "3"]
    figure = figures(app)[0]
    named = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert "Song 3" in named
    assert "Song 2" in named
    assert "Song 0" not in named
    app = lines.unselect("4").run()
    assert app.query_params["lines"] in ("3", ["3"])
    # What was played then, but is on no chart of now, stays chosen; what was never played is not.
    app = open_up(open_page("my_charts", step="week", lines="31|999999|x"), "Lines")
    (lines,) = [box for box in app.multiselect if box.label == "Lines"]
    assert lines.value == ["31"]


def test_a_race_is_made_when_somebody_opens_it(
    app: AppTest, open_page: Open, heard: Context
) -> None:
    open_page("my_charts")
    assert "Sums since the beginning" not in words(app)
    (fold,) = [e for e in app.expander if e.label == "A race through the years"]
    assert fold is not None


def test_obsessions_become_a_list(
    context: Context, ada: Person, open_page: Open, heard: Context
) -> None:
    app = open_page("discoveries")
    assert "Song 30: 20 plays within a week" in words(app)
    open_up(app, "use-Obsessions")
    (make,) = [button for button in app.button if button.key == "list of Obsessions"]
    app = make.click().run()

    assert not app.exception
    assert "Obsessions" in [found.name for found in lists.seen_by(context, ada)]


def test_two_days_on_the_river_give_the_tracks_heard_between_them(
    context: Context, ada: Person, open_page: Open, heard: Context
) -> None:
    app = open_page("mood")
    assert "Heard 1" not in words(app)
    today = context.now().date()
    # The week in which one track was played over and over.
    first, last = today - timedelta(days=40), today - timedelta(days=36)
    for label, day in (("Until", first), ("From", last)):
        (field,) = [each for each in app.date_input if each.label == label]
        field.set_value(day)
    app = click(app, "Show its tracks")

    assert not app.exception
    assert app.query_params["stretch"] == f"{first}..{last}"
    text = words(app)
    assert "Song 30 leads" in text
    open_up(app, "use-stretch")
    (make,) = [button for button in app.button if button.key == "list of stretch"]
    app = make.click().run()
    name = f"Heard {first.day}–{last.day} {first:%b} {first.year}"
    assert name in [found.name for found in lists.seen_by(context, ada)]
    app = click(app, "Clear")
    assert "stretch" not in app.query_params
    assert "Song 30 leads" not in words(app)


def test_one_day_alone_is_no_stretch(open_page: Open, heard: Context) -> None:
    app = click(open_page("mood"), "Show its tracks")
    assert "Choose the first and the last day." in words(app)


@pytest.mark.parametrize("told", ["2026-13-01..2026-02-01", "2026-05-02..2026-05-01", "x", ".."])
def test_an_address_of_no_stretch_chooses_none(told: str, open_page: Open, heard: Context) -> None:
    app = open_page("mood", stretch=told)
    assert not app.exception
    assert "to see and use what you heard then" in words(app)


def test_a_chart_has_spotifys_own_list_of_its_week_beside_it(
    context: Context, ada: Person, open_page: Open, heard: Context
) -> None:
    with context.session() as session:
        ids = tracks.ids_of(session, [f"{n:022}" for n in (0, 30, 1)])
        places = [*ids.values(), None]
        taken = context.now() - timedelta(days=8)
        snapshots.add(session, ada.id, Period.SHORT_TERM, taken, places)
        session.commit()
    app = open_page("my_charts")
    assert not app.exception
    assert "of 3 agree with what you played most in those four weeks" in words(app)
    assert "14 November 2026" in words(app)
    (earlier,) = [button for button in app.button if button.key == "chart Earlier"]
    assert "None of Spotify’s own lists was kept in this week" in words(earlier.click().run())


@pytest.mark.parametrize(("many", "column"), [(15, None), (16, 0)])
def test_beside_a_long_chart_the_lists_of_leaders_fill_the_hole_below_the_lines(
    many: int, column: int | None, context: Context, ada: Person, open_page: Open
) -> None:
    begins = int(context.now().timestamp()) - 12 * 86_400
    told = [ToldPlay(begins + n * 600, f"Song {n}", ("A",), ms=180_000) for n in range(many)]
    take(context, ada.id, told)
    app = open_page("my_charts", at="2026-11-09")
    assert f"{many} new" in words(app)
    holding = [n for n, each in enumerate(app.columns) if "Number ones" in words(each)]
    assert holding == ([] if column is None else [column])


@pytest.mark.parametrize("story", ["Obsessions", "On this day"])
def test_a_story_becomes_a_draft_of_the_builder(
    story: str, open_page: Open, heard: Context
) -> None:
    app = open_page("discoveries")
    open_up(app, f"use-{story}")
    (draft,) = [button for button in app.button if button.key == f"draft of {story}"]
    app = draft.click().run()

    assert not app.exception
    assert f"tracks: {story}" in words(app) or f"track: {story}" in words(app)
    assert set(drafted(app)["Why"]) == {story}


@pytest.mark.parametrize(
    ("name", "parameter", "value", "said"),
    [
        ("artist", "name", "Band 3", "Most heard"),
        ("track", "id", "1", "Heard right after"),
        ("track", "id", f"{3:022}", "Heard right after"),
        ("track", "id", "x" * 22, "No track of this address"),
        ("album", "id", "1", "Its life with you"),
        ("track", "id", "999999", "No track of this address"),
        ("track", "id", "١", "No track of this address"),
        ("genre", "name", "nothing", "No genre of this address"),
        ("artist", "name", "<script>", "No artist of this address"),
    ],
)
def test_a_page_of_one_thing_shows_its_life_or_says_that_there_is_none(
    app: AppTest,
    open_page: Open,
    heard: Context,
    name: str,
    parameter: str,
    value: str,
    said: str,
) -> None:
    open_page(name)
    app.query_params[parameter] = value
    app.run()

    assert not app.exception
    assert said in words(app)


def test_a_track_says_where_it_stands_and_what_it_sounds_like(
    app: AppTest, context: Context, ada: Person, open_page: Open
) -> None:
    catalogue = Catalogue.load(context.settings.catalogue_file)
    found = catalogue.search("the", 1)[0]
    now = int(context.now().timestamp())
    names = tuple(artist.name for artist in found.artists)
    told = [
        ToldPlay(
            now - n * 90_000, found.title or "", names, ms=200_000, spotify_id=found.spotify_id
        )
        for n in range(1, 9)
    ]
    take(context, ada.id, told)
    open_page("track")
    app.query_params["id"] = "1"
    text = words(app.run())

    assert not app.exception
    assert "On none of your lists" in text
    assert "Sounds like it" in text
    assert "Values" in text
    with context.session() as session:
        ids = tracks.ids_of(session, [found.spotify_id])
        for days, places in ((2, [None, *ids.values()]), (1, [*ids.values()])):
            taken = context.now() - timedelta(days=days)
            snapshots.add(session, ada.id, Period.SHORT_TERM, taken, places)
        session.commit()
    entries.add(context, ada, [found.spotify_id], lists.create(context, ada, "Road trip"))
    text = words(app.run())
    assert "On Road trip" in text
    assert "place 1 · from 2 to 1, best 1" in text


LEADING = {
    "home": {"track", "artist"},
    "listening": {"track", "artist", "album"},
    "mood": {"track", "artist"},
    "my_charts": {"track", "artist"},
    "discoveries": {"track", "artist"},
    "recap": {"track", "artist", "album"},
    "track": {"artist", "album"},
    "artist": {"album", "track"},
    "album": {"artist", "track"},
}
# The same history is behind all of them.
FOLLOWED: set[tuple[str, str]] = set()


@pytest.mark.parametrize("name", LEADING)
def test_names_of_what_was_heard_lead_to_their_pages(
    name: str, open_page: Open, heard: Context
) -> None:
    named = {"artist": {"name": "Band 3"}, "track": {"id": "1"}, "album": {"id": "1"}}
    app = open_page(name, **named.get(name, {}))
    links = re.findall(
        r'href="/(track|artist|album)\?(?:id|name)=([^"]+)"',
        "".join(html(app)),
    )

    assert not app.exception
    assert {kind for kind, _ in links} == LEADING[name]
    # Each of them is there.
    for kind, value in set(links) - FOLLOWED:
        key = "name" if kind == "artist" else "id"
        assert "of this address" not in words(open_page(kind, **{key: unquote(value)}))
        FOLLOWED.add((kind, value))


def test_genres_lead_to_their_pages(open_page: Open, scrobbled: Context, ada: Person) -> None:
    names_heard.borrow(scrobbled, ada.id)
    app = open_page("listening")
    said = "".join(html(app))
    found = [unquote(name) for name in re.findall(r'href="/genre\?name=([^"]+)"', said)]
    assert found
    for name in found:
        app = open_page("genre", name=name, range="6m")
        assert "Most heard" in words(app)
        (artist,) = [box for box in app.selectbox if box.label == "Artist"]
        assert artist.options
        assert not [box for box in app.selectbox if box.label == "Genre"]
        assert "most by" in "".join(html(app))


def test_a_recap_has_cards_to_save(open_page: Open, heard: Context) -> None:
    app = open_page("recap")
    cards = html(app)[-1]

    assert cards.count('aria-label="Picture: ') == cards.count('aria-label="SVG: ') >= 6
    assert cards.count('aria-label="All cards') == 2
    assert len(re.findall(r"<li><svg", cards)) == cards.count('aria-label="Picture: ')
    assert "Five tracks you played most" in cards
    (counted,) = [group for group in app.button_group if group.label == "Counted in"]
    app = counted.set_value("minutes").run()
    assert "Five tracks you heard most" in html(app)[-1]
    assert app.query_params["by"] in ("minutes", ["minutes"])


def test_a_recap_gets_a_link_that_is_shown_once_and_ended(
    context: Context, ada: Person, open_page: Open, heard: Context
) -> None:
    app = click(open_page("recap"), "Make a link to this recap")
    (link,) = to_copy(app)
    assert f"{recap_links.PATH}?link=" in link
    (made,) = recap_links.listed(context, ada)
    assert made.name == "2026 so far"
    app = click(app, "I have copied it")
    assert not to_copy(app)
    assert "not opened" in words(app)
    app = click(app, "Yes, end it")
    assert recap_links.listed(context, ada) == []
    assert "Only you see this recap" in words(app)


def test_a_link_that_is_shown_once_stays_while_another_is_ended(
    context: Context, ada: Person, open_page: Open, heard: Context
) -> None:
    app = click(open_page("recap"), "Make a link to this recap")
    (first,) = recap_links.listed(context, ada)
    app = click(app, "Make a link to this recap")
    (link,) = to_copy(app)
    assert {f"link {one.id} · made" in words(app) for one in recap_links.listed(context, ada)} == {
        True
    }
    app = app.button(key=f"yes End link {first.id}").click().run()
    assert to_copy(app) == [link]
    assert len(recap_links.listed(context, ada)) == 1
    assert not to_copy(click(app, "Yes, end it"))


def test_only_pages_that_need_no_address_are_listed() -> None:
    listed: set[str] = set()
    app = play(
        lambda: listed.update(p.title for p in navigation.pages(False) if p.visibility == "visible")
    )
    assert not app.exception
    assert {"Listening", "Mood", "My charts", "Discoveries", "Recap", "Together"} <= listed
    assert not {"Track", "Artist", "Album", "Genre"} & listed


@pytest.mark.parametrize("name", ["listening", "mood", "discoveries", "recap"])
def test_a_time_without_plays_says_so_once(
    name: str, context: Context, ada: Person, open_page: Open
) -> None:
    now = int(context.now().timestamp())
    take(context, ada.id, [_told(now - days * 86_400, days) for days in (1, 2, 3, 9)])
    day = (context.now() - timedelta(days=5)).date()
    app = open_page(name, range=f"{day}..{day}")
    assert not app.exception
    assert words(app).count("Nothing was played in this time.") == 1
    assert (headings(app), figures(app)) == (set(), [])

    app = open_page(name, range=f"{day}..{day + timedelta(days=3)}", artist="Band 2")
    assert "Nothing that you heard" not in words(app)
    app = open_page(name, range=f"{day}..{day + timedelta(days=2)}", artist="Band 1")
    assert "Nothing that you heard in this time fits this filter." in words(app)
    assert "artist" not in click(app, "Clear").query_params


@pytest.mark.parametrize("name", ["listening", "my_charts", "discoveries", "recap"])
def test_a_time_of_skips_alone_is_no_page_without_words(
    name: str, context: Context, ada: Person, open_page: Open
) -> None:
    yesterday = int(context.now().timestamp()) - 86_400
    skipped = ToldPlay(yesterday, "Song", ("Band",), ms=4_000, spotify_id=f"{1:022}")
    take(context, ada.id, [skipped])
    app = open_page(name)
    assert not app.exception
    assert "Nothing was" in words(app)


@pytest.mark.parametrize("name", PAGES)
def test_a_filter_that_leaves_no_play_in_says_so_once_and_can_be_taken_away(
    name: str, open_page: Open, heard: Context
) -> None:
    app = open_page(name)
    app.query_params["artist"] = "Nobody at all"
    app.run()
    assert not app.exception
    assert "Nothing that you heard fits this filter." in words(app)
    assert "Nothing was played" not in words(app)
    assert figures(app) == []
    click(app, "Clear")
    assert "artist" not in app.query_params
    assert "fits this filter" not in words(app)
