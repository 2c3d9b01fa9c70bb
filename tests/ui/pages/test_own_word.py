"""What a person decides on the page of a track: what counts as one with it, and what is hidden."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.plays.conftest import decided, take
from tests.ui.conftest import Open, click, labels, unfold, words
from ttt.plays import ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.choices import hiding
from ttt.services.plays.frame import loading


@pytest.fixture
def ids(context: Context, ada: Person) -> dict[str, int]:
    """Ids of three tracks of one artist, and of one of another, by title."""
    now = int(context.now().timestamp())
    played = {"Song": 9, "Song (Live)": 4, "Elsewhere": 2, "Other": 3}
    told = [
        ToldPlay(
            now - 90 * 86_400 + n * 90_000 + 1_000 * place,
            title,
            ("Another" if title == "Other" else "Band",),
            ms=200_000,
            album=f"Album {place}",
            spotify_id=f"{place:022}",
        )
        for place, (title, count) in enumerate(played.items())
        for n in range(count)
    ]
    take(context, ada.id, told)
    tracks = loading.load(context, ada).tracks
    return dict(zip(tracks.title, map(int, tracks.id), strict=True))


def opened(open_page: Open, track_id: int) -> AppTest:
    return unfold(open_page("track", id=str(track_id)), f"join-{track_id}")


def choose(app: AppTest, label: str, *track_ids: int) -> AppTest:
    (field,) = [each for each in app.multiselect if each.label == label]
    field.set_value(list(track_ids))
    return app


def plays(app: AppTest) -> int:
    """How many plays the page tells of."""
    body = next(e.proto.body for e in app.get("html") if "ttt-numbers" in e.proto.body)
    return int(body.partition("<b>")[2].partition("<")[0])


def test_a_track_counts_by_itself_at_first(open_page: Open, ids: dict[str, int]) -> None:
    app = opened(open_page, ids["Song"])
    assert "Counts by itself" in [fold.label for fold in app.expander]
    (field,) = app.multiselect
    # The most heard first, and none of another artist.
    assert [*field.options] == ["Song (Live) · Album 1", "Elsewhere · Album 2"]
    assert plays(app) == 9


def test_tracks_are_joined_and_parted_on_the_page(
    context: Context, ada: Person, open_page: Open, ids: dict[str, int]
) -> None:
    one, other = ids["Song"], ids["Song (Live)"]
    app = click(choose(opened(open_page, one), "Same recording", other), "Count as one")

    assert not app.exception
    assert decided(context, ada.id) == {other: one}
    assert "Counts together with 1 more" in [fold.label for fold in app.expander]
    assert plays(app) == 13
    assert plays(opened(open_page, other)) == 13

    app = opened(open_page, one)
    app = click(choose(app, "Together now", other), "Count these apart")
    assert not app.exception
    assert "Counts by itself" in [fold.label for fold in app.expander]
    assert plays(app) == 9
    assert plays(opened(open_page, other)) == 4


def test_nothing_chosen_joins_nothing(
    context: Context, ada: Person, open_page: Open, ids: dict[str, int]
) -> None:
    app = click(opened(open_page, ids["Song"]), "Count as one")
    assert not app.exception
    assert decided(context, ada.id) == {}


def test_a_track_is_hidden_from_charts_and_comes_back(
    context: Context, ada: Person, open_page: Open, ids: dict[str, int]
) -> None:
    assert "Song leads" in words(open_page("listening"))
    app = click(open_page("track", id=str(ids["Song"])), "Hide from charts")
    assert not app.exception
    (hidden,) = hiding.listed(context, ada)
    assert (hidden.kind, hidden.track_id) == (hiding.Kind.TRACK, ids["Song"])
    assert plays(app) == 0
    assert "Song (Live) leads" in words(open_page("listening"))

    app = click(open_page("track", id=str(ids["Song"])), "Show in charts again")
    assert hiding.listed(context, ada) == []
    assert plays(app) == 9
    assert "Song leads" in words(open_page("listening"))


@pytest.mark.parametrize(("page", "told"), [("artist", {"name": "Band"}), ("album", {})])
def test_artists_and_albums_are_hidden_where_they_are_seen(
    context: Context,
    ada: Person,
    open_page: Open,
    ids: dict[str, int],
    page: str,
    told: dict[str, str],
) -> None:
    app = open_page(page, **(told or {"id": str(ids["Song"])}))
    assert "Hide from charts" in labels(app)
    app = click(app, "Hide from charts")
    (hidden,) = hiding.listed(context, ada)
    assert (hidden.kind, hidden.artist) == (page, "Band")
    assert hidden.album == (None if page == "artist" else "Album 0")
    assert "Song leads" not in words(open_page("listening"))
