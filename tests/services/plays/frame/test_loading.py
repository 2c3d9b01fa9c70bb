"""A frame is loaded from what the store keeps: plays, values by belief, gaps, what is hidden."""

from datetime import UTC, datetime
from math import nan

import pytest
from sqlmodel import select

from tests.services.plays.conftest import T, add_user, play, scrobble, take
from ttt.found import Kind, Source
from ttt.models import (
    AudioFeatures,
    Hidden,
    OwnDescription,
    PersonalValue,
    PlayGap,
    Popularity,
    TrackGenre,
    User,
)
from ttt.music import Measure
from ttt.plays import PlaySource
from ttt.roles import Role
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.frame import loading
from ttt.services.tracks import listing
from ttt.services.values import sources
from ttt.store.plays.played import FEATURES, Played

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def ada(anywhere: Context) -> Person:
    return Person(add_user(anywhere), "ada", "Ada", "", Role.MEMBER, AT)


def ids(context: Context) -> dict[str, int]:
    with context.session() as session:
        return {str(t.title): t.track_id for t in session.exec(select(OwnDescription))}


def keep(context: Context, *rows: object) -> None:
    with context.session() as session:
        session.add_all(rows)
        session.commit()


def test_plays_come_with_their_tracks(anywhere: Context, ada: Person) -> None:
    take(anywhere, ada.id, [play(1000), play(2000, "b", 5_000)])
    frame = loading.load(anywhere, ada)

    assert frame.started.tolist() == [T + 800, T + 1995]
    assert frame.play.tolist() == [True, False]
    assert frame.tracks.title == ("Song a", "Song b")
    assert frame.tracks.artist_names == ("Band a", "Band b")
    assert frame.tracks.uri[0] == f"spotify:track:{'a' * 22}"


def test_somebody_without_plays_has_an_empty_frame(anywhere: Context, ada: Person) -> None:
    assert len(loading.load(anywhere, ada)) == 0


def test_a_person_sees_their_own_plays_only(anywhere: Context, ada: Person) -> None:
    take(anywhere, add_user(anywhere, "ben"), [play(1000)])

    assert len(loading.load(anywhere, ada)) == 0


def test_of_each_value_the_first_source_is_believed(anywhere: Context, ada: Person) -> None:
    take(anywhere, ada.id, [play(1000)])
    track = ids(anywhere)["Song a"]
    keep(
        anywhere,
        AudioFeatures(track_id=track, source="reccobeats", observed_at=AT, energy=0.4, tempo=120),
        AudioFeatures(
            track_id=track,
            source="catalogue",
            observed_at=AT,
            energy=0.9,
            valence=0.2,
            key=3,
            mode=1,
        ),
        Popularity(track_id=track, source="spotify", observed_at=AT, value=61),
        TrackGenre(track_id=track, source="catalogue", genre="rock"),
    )
    tracks = loading.load(anywhere, ada).tracks
    with anywhere.session() as session:
        row = listing.rows(session, [track], belief=sources.belief(anywhere), user_id=ada.id)[track]

    assert row.number("energy") is not None
    for measure in Measure:
        number = row.number(measure)
        known = pytest.approx(number) if number is not None else pytest.approx(nan, nan_ok=True)
        assert tracks.values[measure][0] == known
    assert (tracks.key[0], tracks.mode[0]) == row.key
    assert tracks.genre_names == row.genres


def test_what_a_person_set_comes_first(anywhere: Context, ada: Person) -> None:
    take(anywhere, ada.id, [play(1000)])
    track = ids(anywhere)["Song a"]
    keep(
        anywhere,
        AudioFeatures(track_id=track, source="reccobeats", observed_at=AT, energy=0.4),
        PersonalValue(
            user_id=ada.id,
            track_id=track,
            field="energy",
            source="manual",
            observed_at=AT,
            value=0.7,
        ),
    )

    assert loading.load(anywhere, ada).tracks.values[Measure.ENERGY][0] == pytest.approx(0.7)


def test_open_gaps_are_drawn_and_closed_ones_are_not(anywhere: Context, ada: Person) -> None:
    take(anywhere, ada.id, [play(1000)])
    gap = {"user_id": ada.id, "source": PlaySource.SPOTIFY_RECENT, "reason": "off"}
    keep(
        anywhere,
        PlayGap(from_at=AT, until_at=AT.replace(day=3), **gap),
        PlayGap(from_at=AT.replace(day=5), until_at=AT.replace(day=6), closed_by=1, **gap),
    )

    reasons = [g.reason for g in loading.load(anywhere, ada).gaps]
    assert reasons == ["off", "no source tells of this time"]  # the second since the only play


def test_the_zone_of_the_account_wins_over_the_browser_s(anywhere: Context, ada: Person) -> None:
    assert loading.load(anywhere, ada, "Asia/Tokyo").zone == "Asia/Tokyo"
    assert loading.load(anywhere, ada, "No/Where").zone == "UTC"
    with anywhere.session() as session:
        user = session.get(User, ada.id)
        assert user is not None
        user.time_zone = "Europe/Berlin"
        session.add(user)
        session.commit()

    assert loading.load(anywhere, ada, "Asia/Tokyo").zone == "Europe/Berlin"


def test_what_is_hidden_is_left_out(anywhere: Context, ada: Person) -> None:
    take(anywhere, ada.id, [play(1000), play(2000, "b"), play(90_000, "b")])
    keep(anywhere, Hidden(user_id=ada.id, kind="artist", artist="Band a", created_at=AT))
    assert loading.load(anywhere, ada).started.tolist() == [T + 1800, T + 89_800]

    until = datetime.fromtimestamp(T + 50_000, UTC)
    keep(anywhere, Hidden(user_id=ada.id, kind="time", until_at=until, created_at=AT))
    assert loading.load(anywhere, ada).started.tolist() == [T + 89_800]


def test_a_track_by_names_counts_as_its_recording(anywhere: Context, ada: Person) -> None:
    take(anywhere, ada.id, [play(1000)])
    take(anywhere, ada.id, [scrobble(500_000)], PlaySource.LASTFM, 2)
    frame = loading.load(anywhere, ada)

    assert len(frame.tracks) == 2
    assert len(set(frame.song.tolist())) == 1


def test_the_revision_grows_with_the_plays(anywhere: Context, ada: Person) -> None:
    before = loading.revision(anywhere, ada)
    take(anywhere, ada.id, [play(1000)])

    assert loading.revision(anywhere, ada) > before


def test_three_weeks_of_which_nobody_tells_are_a_gap(anywhere: Context, ada: Person) -> None:
    day = 86_400
    take(anywhere, ada.id, [play(0), play(21 * day), play(43 * day + 3600)])
    gap, since = loading.load(anywhere, ada).gaps

    assert gap.reason == since.reason == "no source tells of this time"
    assert (gap.end - gap.start) // day == 21
    assert gap.start > T + 21 * day
    assert gap.end <= T + 43 * day + 3600
    assert since.start > T + 43 * day + 3600


@pytest.mark.parametrize(("days_ago", "gap"), [(20, None), (21, 21), (100, 100)])
def test_who_told_nothing_for_three_weeks_till_now_has_a_gap_till_now(
    anywhere: Context, ada: Person, days_ago: int, gap: int | None
) -> None:
    now = int(anywhere.now().timestamp())
    take(anywhere, ada.id, [play(now - days_ago * 86_400 - T)])
    found = loading.load(anywhere, ada).gaps

    assert [(one.end - one.start) // 86_400 for one in found] == ([] if gap is None else [gap])
    assert all(one.start < now < one.end for one in found)


@pytest.mark.parametrize(
    ("date", "year"),
    [
        *(("1999", 1999), ("2024-02-29", 2024), ("0001-01-01", 1), ("20245", 2024)),
        *((None, None), ("", None), ("0000", None), ("19x9", None)),
    ],
)
def test_a_year_is_what_a_date_begins_with(date: str | None, year: int | None) -> None:
    assert loading._year(date) == year


@pytest.mark.parametrize(
    ("key", "mode", "known"),
    [
        *((0, 0, True), (11, 1, True), (12, 1, False), (-1, 1, False)),
        *((3, 2, False), (None, 1, False), (3, None, False)),
    ],
)
def test_a_key_is_known_with_its_mode(key: int | None, mode: int | None, known: bool) -> None:
    given = {name: float(n) for name, n in (("key", key), ("mode", mode)) if n is not None}
    found = loading._numbers({"energy": 0.5} | given)
    assert found == {"energy": 0.5, "key": key if known else None, "mode": mode if known else None}


def test_values_are_ones_own_first_then_by_belief_one_by_one() -> None:
    own = [
        *((1, "energy", "file", 0.1), (1, "energy", "hand", 0.2), (1, "tempo", "file", 90)),
        *((1, "colour", "hand", 7), (2, "energy", "unheard of", 0.3), (2, "energy", "file", 0.4)),
    ]
    blank = [None] * (len(FEATURES) - 1)
    features = [
        *((1, "catalogue", 0.9, *blank), (2, "catalogue", 0.8, *blank)),
        *((3, "catalogue", 0.7, *blank), (3, "deezer", 0.6, *blank), (4, "nobody", 0.5, *blank)),
    ]
    popularity = [(3, "catalogue", 50), (3, "deezer", 60), (1, "catalogue", 40)]
    rows = Played([], [], features, popularity, [], own, {})
    belief = dict.fromkeys(Kind, (Source.DEEZER, Source.CATALOGUE))
    first = FEATURES[0]
    assert first == "energy"
    assert loading._values(rows, belief) == {
        1: {"energy": 0.2, "tempo": 90, "popularity": 40},
        2: {"energy": 0.4},
        3: {"energy": 0.6, "popularity": 60},
    }
    genres = [
        (1, "catalogue", "b"),
        (1, "catalogue", "a"),
        (2, "catalogue", "c"),
        (2, "deezer", "d"),
    ]
    assert loading._genres(rows._replace(genres=genres), belief[Kind.GENRES]) == {
        1: ("a", "b"),
        2: ("d",),
    }


def test_what_counts_of_ones_own_is_there_and_changes_ones_revision(
    anywhere: Context, ada: Person
) -> None:
    bob = Person(add_user(anywhere, "bob"), "bob", "Bob", "", Role.MEMBER, AT)
    before = [loading.revision(anywhere, person) for person in (ada, bob)]
    take(anywhere, ada.id, [play(1000)])
    after = [loading.revision(anywhere, person) for person in (ada, bob)]
    assert (after[0] > before[0], after[1] == before[1]) == (True, True)
    assert [loading.has_any(anywhere, person) for person in (ada, bob)] == [True, False]
