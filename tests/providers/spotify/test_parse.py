"""Spotify's JSON, as documented, as development mode sends it, and as nobody expects it."""

import json
from collections import defaultdict
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.providers.spotify.given import a_track, image
from ttt.errors import UnexpectedAnswer
from ttt.found import FoundArtist, FoundFeatures, FoundTrack
from ttt.providers.spotify import Profile, parse
from ttt.settings import PROJECT

SAMPLES = PROJECT.parent / "shared" / "samples" / "spotify"


def found(**changes: object) -> FoundTrack:
    """The track of a row that can be shown."""
    track = parse.track(a_track(**changes))
    assert track is not None
    return track


def sample(name: str) -> Any:
    path = SAMPLES / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_track_in_development_mode_has_no_popularity() -> None:
    assert found() == FoundTrack(
        spotify_id="11dFghVXANMlKmJXsNCbNl",
        title="Cut To The Feeling",
        artists=(FoundArtist("Carly Rae Jepsen", "6sFIWsNpZYqfjUpaCgueju"),),
        album="Cut To The Feeling",
        release_date="2017-05-26",
        duration_ms=207959,
        explicit=False,
        isrc="USUM71703861",
        cover_url="https://i.scdn.co/image/300",
    )


@pytest.mark.parametrize("popularity", [0, 37, 100])
def test_popularity_is_taken_where_it_is_said(popularity: int) -> None:
    assert found(popularity=popularity).popularity == popularity


def test_nothing_but_id_and_title_is_needed() -> None:
    row = {"id": BARE.spotify_id, "name": BARE.title}
    bare = BARE
    assert parse.track(row) == bare
    nulls = ("artists", "album", "duration_ms", "explicit", "external_ids", "popularity", "type")
    assert parse.track({**row, **dict.fromkeys(nulls)}) == bare


@pytest.mark.parametrize(
    "row",
    [
        None,
        {},
        a_track(id=None),
        a_track(id=""),
        a_track(id="short"),
        a_track(id="x" * 23),
        a_track(id="ä" * 22),
        a_track(is_local=True),
        a_track(type="episode"),
        a_track(name=None),
        a_track(name=""),
        {"added_at": "2026-01-01T00:00:00Z", "track": None},
        {"added_at": "2026-01-01T00:00:00Z", "item": None},
        {"added_at": "2026-01-01T00:00:00Z", "item": a_track(type="episode")},
    ],
)
def test_a_row_that_cannot_be_shown_is_left_out(row: object) -> None:
    assert parse.track(row) is None
    first, last = a_track(id="1" * 22), a_track(id="2" * 22)
    shown = parse.page({"items": [first, row, last]}, limit=50)
    assert [track and track.spotify_id for track in shown.rows] == ["1" * 22, None, "2" * 22]


@pytest.mark.parametrize("wrapper", ["track", "item"])
def test_a_wrapped_track_is_unwrapped(wrapper: str) -> None:
    assert parse.track({"played_at": "now", wrapper: a_track(track=True, episode=False)}) == found()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1981", "1981"),
        ("1981-12", "1981-12"),
        ("1981-12-15", "1981-12-15"),
        ("0000", None),
        ("0000-00-00", None),
        ("", None),
        (None, None),
        ("unknown", None),
        ("1981-12-15T00:00:00Z", None),
        ("1981-13-45", None),
        ("1981-13", None),
        ("1981-02-29", None),
        ("1980-02-29", "1980-02-29"),
        ("١٩٨١", None),
    ],
)
def test_a_release_date_is_a_date_or_missing(said: str | None, kept: str | None) -> None:
    assert found(album={"release_date": said}).release_date == kept


@pytest.mark.parametrize(
    ("widths", "chosen"),
    [
        ([640, 300, 64], 300),
        ([64, 300, 640], 300),
        ([640, 160], 160),
        ([640, 159], 640),
        ([100, 64], 100),
        ([64], 64),
        ([None, None], None),
        ([None, 64], 64),
    ],
)
def test_the_cover_is_the_smallest_that_is_large_enough(
    widths: list[int | None], chosen: int | None
) -> None:
    album = {"images": [image(width) for width in widths]}
    assert found(album=album).cover_url == f"https://i.scdn.co/image/{chosen}"


@pytest.mark.parametrize("album", [None, {}, {"images": None}, {"images": []}])
def test_there_may_be_no_cover(album: object) -> None:
    assert found(album=album).cover_url is None


@pytest.mark.parametrize(
    ("said", "kept"), [(" usum71703861 ", "USUM71703861"), ("", None), ("  ", None), (None, None)]
)
def test_an_isrc_is_upper_case_or_missing(said: str | None, kept: str | None) -> None:
    assert found(external_ids={"isrc": said}).isrc == kept


def test_an_artist_without_a_name_is_left_out() -> None:
    artists = [None, {"id": "1", "name": None}, {"id": "2", "name": ""}, {"name": "Björk"}]
    assert found(artists=artists).artists == (FoundArtist("Björk"),)


BARE = FoundTrack("11dFghVXANMlKmJXsNCbNl", "Cut To The Feeling", ())


@pytest.mark.parametrize("row", ["track", 7, True, [], a_track(id=7), a_track(name=["title"])])
def test_a_row_of_the_wrong_type_costs_that_row_only(row: object) -> None:
    page = parse.page({"items": [a_track(), row, a_track()]}, limit=50)
    assert page.rows == (found(), None, found())
    assert page.unread == 1


@pytest.mark.parametrize(
    ("name", "odd", "kept"),
    [
        ("artists", {}, ()),
        ("artists", ["Björk", {"name": "Björk", "id": 5}], (FoundArtist("Björk"),)),
        ("album", "Post", None),
        ("duration_ms", "207959", None),
        ("duration_ms", True, None),
        ("duration_ms", 200000.0, 200000),
        ("duration_ms", 200000.5, None),
        ("duration_ms", -1, None),
        ("duration_ms", 0, None),
        ("duration_ms", 10**12, None),
        ("duration_ms", float("nan"), None),
        ("explicit", "no", None),
        ("popularity", "high", None),
        ("popularity", float("nan"), None),
        ("popularity", 10**400, None),
        ("popularity", -1, None),
        ("popularity", 101, None),
    ],
)
def test_an_odd_field_costs_that_field_only(name: str, odd: object, kept: object) -> None:
    track = found(**{name: odd})
    assert getattr(track, name) == kept
    assert replace(track, **{name: getattr(found(), name)}, **REST[name]) == found()


# What an album carries besides its name.
REST: dict[str, dict[str, Any]] = defaultdict(
    dict,
    album={"release_date": found().release_date, "cover_url": found().cover_url},
)


@pytest.mark.parametrize(
    "images",
    [
        [image(300), None, "image", {"width": 300}, {"url": None, "width": 300}],
        [{"url": "https://i.scdn.co/image/300", "width": 300.0, "height": 300.0}],
        [{"url": "javascript:alert(1)", "width": 300}, image(300)],
        [{"url": "https://i.scdn.co/image/300", "width": "wide"}],
    ],
)
def test_an_odd_image_costs_that_image_only(images: list[Any]) -> None:
    assert found(album={"images": images}).cover_url == "https://i.scdn.co/image/300"


def test_an_isrc_that_is_none_is_not_kept() -> None:
    assert found(external_ids={"isrc": "x" * 99}).isrc is None
    assert found(external_ids=["USUM71703861"]).isrc is None


def test_a_name_is_never_as_long_as_a_book() -> None:
    assert len(found(name="x" * 100_000).title) == 1_000


def test_rows_that_were_due_but_did_not_come_are_not_known() -> None:
    said = {"items": [a_track(), a_track()], "total": 120}
    assert parse.page(said, limit=5).unread == 3
    assert parse.page(said, limit=50, offset=115).unread == 3
    assert parse.page({**said, "total": 2}, limit=5).unread == 0
    assert parse.page({**said, "total": "many"}, limit=5).unread == 0


@pytest.mark.parametrize("answer", [None, [], "items", {}, {"items": None}, {"items": {}}])
def test_a_page_needs_items(answer: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        parse.page(answer, limit=50)
    with pytest.raises(UnexpectedAnswer):
        parse.search({"tracks": answer})
    with pytest.raises(UnexpectedAnswer):
        parse.search(answer)


def test_names_keep_nothing_that_a_terminal_obeys_or_a_database_refuses() -> None:
    said = parse.profile({"id": "x", "display_name": "a\x00b\x1b[31mc\ud800d \u200d👩‍👧"})
    assert said.display_name == "ab[31mcd \u200d👩‍👧"


def test_a_profile_has_a_stable_id() -> None:
    answer = {"id": "smedjan", "account_id": "aB3dE5fG7h", "display_name": "Ada"}
    assert parse.profile(answer) == Profile("smedjan", "aB3dE5fG7h", "Ada")


def test_a_profile_without_an_id_is_known_by_its_stable_one() -> None:
    answer = {"id": None, "account_id": "aB3dE5fG7h", "images": "none", "display_name": 5}
    assert parse.profile(answer) == Profile("aB3dE5fG7h", "aB3dE5fG7h", "aB3dE5fG7h")


@pytest.mark.parametrize("nothing", [{}, {"display_name": None, "account_id": None, "images": []}])
def test_a_profile_without_a_name_is_called_by_its_id(nothing: dict[str, Any]) -> None:
    assert parse.profile({"id": "smedjan", **nothing}) == Profile("smedjan", None, "smedjan")


@pytest.mark.parametrize("answer", [None, {}, [], {"id": None}, {"id": 5, "account_id": ""}])
def test_a_profile_needs_an_id(answer: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        parse.profile(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        {"audio_features": None},
    ],
)
def test_audio_features_need_rows(answer: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        parse.audio_features(answer)


def test_audio_features_that_say_nothing_are_left_out() -> None:
    rows = [
        None,
        "row",
        {"energy": 0.5},
        {"id": 5, "energy": 0.5},
        {"id": "a", "key": -1, "tempo": 0},
        {"id": "b", "energy": 2, "valence": 0.5},
    ]
    found = parse.audio_features({"audio_features": rows})
    assert found == {"b": FoundFeatures(valence=0.5)}


@pytest.mark.parametrize("odd", [{}, {"id": None}, {"id": 5}])
def test_audio_features_without_an_id_go_by_their_uri(odd: dict[str, Any]) -> None:
    rows = [{"uri": f"spotify:track:{'1' * 22}", "energy": 0.5} | odd, {"uri": 5, "energy": 0.5}]
    found = parse.audio_features({"audio_features": rows})
    assert found == {"1" * 22: FoundFeatures(energy=0.5)}


def test_recorded_audio_features_are_read() -> None:
    row = sample("audio_features")
    [(spotify_id, features)] = parse.audio_features({"audio_features": [row]}).items()
    assert spotify_id == "11dFghVXANMlKmJXsNCbNl"
    assert {name: row[name] for name in asdict(features)} == asdict(features)


def test_recorded_top_tracks_are_all_read() -> None:
    tracks = parse.page(sample("top_tracks"), limit=50).tracks
    assert len(tracks) == 48
    assert all(track.isrc and track.cover_url and track.release_date for track in tracks)
    assert all(track.popularity is not None and track.artists for track in tracks)


def test_a_recorded_search_is_all_read() -> None:
    assert len(parse.search(sample("search")).tracks) == 5


@pytest.mark.parametrize(("name", "count"), [("recently_played_tracks", 48), ("playlist_items", 1)])
def test_recorded_wrapped_tracks_are_all_read(name: str, count: int) -> None:
    assert len(parse.page(sample(name), limit=50).tracks) == count


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["track", "episode", "0000", "2017-05-26"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
ALBUMS = st.fixed_dictionaries(
    {},
    optional={
        "name": ANYTHING,
        "release_date": SCALARS,
        "images": ANYTHING
        | st.lists(st.fixed_dictionaries({"url": st.text()}, optional={"width": SCALARS})),
    },
)
FIELDS = {
    "id": SCALARS,
    "type": SCALARS,
    "is_local": SCALARS,
    "name": SCALARS,
    "artists": ANYTHING | st.lists(st.fixed_dictionaries({"id": SCALARS, "name": SCALARS})),
    "album": ANYTHING | ALBUMS,
    "duration_ms": SCALARS,
    "explicit": SCALARS,
    "external_ids": ANYTHING | st.fixed_dictionaries({"isrc": SCALARS}),
    "popularity": SCALARS,
    "track": ANYTHING,
    "item": ANYTHING,
}
SOUND = {name: st.just(value) for name, value in a_track().items()}
ROWS = (
    ANYTHING
    | st.fixed_dictionaries({}, optional=FIELDS)
    # One or two odd fields in a sound row reach deeper than nothing but odd ones.
    | st.sampled_from(sorted(FIELDS)).flatmap(
        lambda name: st.fixed_dictionaries({**SOUND, name: FIELDS[name]})
    )
)


@trying(derandomize=True, max_examples=300, deadline=None)
@given(ROWS)
def test_any_json_is_a_track_or_nothing(row: object) -> None:
    track = parse.track(row)
    assert track is None or (isinstance(track, FoundTrack) and track.spotify_id and track.title)


FEATURES = st.fixed_dictionaries(
    {"id": st.text(max_size=5)}, optional={"energy": SCALARS, "key": SCALARS, "tempo": ANYTHING}
)


@trying(derandomize=True, max_examples=300, deadline=None)
@given(ANYTHING | st.fixed_dictionaries({"audio_features": st.lists(st.none() | FEATURES)}))
def test_any_json_is_features_or_an_unexpected_answer(answer: object) -> None:
    try:
        found = parse.audio_features(answer)
    except UnexpectedAnswer:
        return
    assert all(features != FoundFeatures() for features in found.values())
