"""Answers of Spotify, recorded or made up, with one field of them changed in every way seen.

What is changed costs at most the row that it stands in, and that only where the row cannot be
named any more; nothing ends in an error but an answer that is no page.
"""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.providers.spotify.given import a_track
from ttt.providers.spotify import listening, parse, recent
from ttt.providers.spotify.token import checked
from ttt.settings import PROJECT

SAMPLES = PROJECT.parent / "shared" / "samples" / "spotify"
GONE = object()
ODD = [
    *(GONE, None, True, 0, -1, 7, 7.0, 0.5, 10**30, 1e300, -1e300, float("nan"), float("inf")),
    *("", "short", "7", "x" * 100_000, "\x00\ud800", [], {}, [None], {"id": None}, [[]], ["x"]),
]
# A row that loses one of these cannot be shown, as nobody knows what it is.
NAMING = {"id", "name", "type", "is_local", "played_at"}
Step = str | int
Reader = Callable[[Any], list[Any]]


def track(number: int) -> dict[str, Any]:
    return a_track(id=f"{number:022}", name=f"Song {number}", popularity=50)


def playlist(number: int) -> dict[str, Any]:
    return {
        "id": f"{number:022}",
        "name": f"List {number}",
        "owner": {"id": "somebody", "display_name": "Somebody"},
        "items": {"href": "", "total": 3},
        "description": "",
        "public": False,
    }


def device(number: int) -> dict[str, Any]:
    about = {"is_active": False, "is_restricted": False, "volume_percent": 60}
    return {"id": f"{number:040}", "name": f"Speaker {number}", "type": "Speaker", **about}


def features(number: int) -> dict[str, Any]:
    return {"id": f"{number:022}", "energy": 0.5, "valence": 0.25, "tempo": 120.5, "key": 5}


def play(number: int) -> dict[str, Any]:
    return {"played_at": f"2026-11-2{4 - number}T12:00:00.123Z", "track": track(number)}


def page(rows: list[Any], **more: object) -> dict[str, Any]:
    return {"items": rows, "total": len(rows), "limit": 50, "offset": 0, "next": None, **more}


def recorded(name: str, made_up: Any) -> Any:
    """A recorded answer where those are at hand, cut to a few rows, or one of the same kind."""
    path = SAMPLES / f"{name}.json"
    if not path.exists():
        return made_up
    said = json.loads(path.read_text(encoding="utf-8"))
    rows = said.get("tracks", said)
    rows["items"] = rows["items"][:4]
    rows["total"] = len(rows["items"])
    return said


SONGS = [track(number) for number in range(4)]


@dataclass(frozen=True)
class Kind:
    """An answer, where its rows are, and how they are read, each in its place."""

    answer: Any
    rows: tuple[Step, ...]
    read: Reader


KINDS = {
    "top tracks": Kind(page(SONGS), ("items",), lambda a: list(parse.page(a, 4).rows)),
    "recorded top tracks": Kind(
        recorded("top_tracks", page(SONGS)), ("items",), lambda a: list(parse.page(a, 4).rows)
    ),
    "search": Kind(
        recorded("search", {"tracks": page(SONGS)}),
        ("tracks", "items"),
        lambda a: list(parse.search(a).rows),
    ),
    "playlist rows": Kind(
        page([{"added_at": "2026-01-01T00:00:00Z", "item": song} for song in SONGS]),
        ("items",),
        lambda a: list(listening.playlist_page(a).rows),
    ),
    "recorded playlist rows": Kind(
        recorded("playlist_items", page([{"track": song} for song in SONGS])),
        ("items",),
        lambda a: list(listening.playlist_page(a).rows),
    ),
    "playlists": Kind(
        page([playlist(number) for number in range(4)]),
        ("items",),
        lambda a: list(listening.playlists(a).playlists),
    ),
    "devices": Kind({"devices": [device(n) for n in range(3)]}, ("devices",), listening.devices),
    "newest plays": Kind(
        page([play(number) for number in range(4)]),
        ("items",),
        lambda a: list(recent.plays(a).plays),
    ),
    "audio features": Kind(
        {"audio_features": [features(number) for number in range(4)]},
        ("audio_features",),
        lambda a: list(parse.audio_features(a).items()),
    ),
}


def paths(node: Any, before: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """All places of an answer, however deep."""
    steps: Any = node.items() if isinstance(node, dict) else ()
    steps = enumerate(node) if isinstance(node, list) else steps
    for step, inner in steps:
        yield (*before, step)
        yield from paths(inner, (*before, step))


def changed(answer: Any, path: tuple[Step, ...], odd: object) -> Any:
    answer = deepcopy(answer)
    *way, last = path
    node = answer
    for step in way:
        node = node[step]
    if odd is not GONE:
        node[last] = odd
    elif isinstance(node, dict):
        del node[last]
    else:
        node[last] = None
    return answer


@pytest.mark.parametrize("odd", [GONE, None, 7, "", "short"])
def test_a_track_without_its_id_goes_by_its_uri(odd: object) -> None:
    said = track(1) | {"uri": f"spotify:track:{1:022}"}
    assert parse.track(changed(said, ("id",), odd)) == parse.track(said)


@pytest.mark.parametrize("odd", ["TRACK", "song", "", "unknown"])
def test_a_type_that_nobody_knows_costs_no_row(odd: str) -> None:
    assert parse.track(track(1) | {"type": odd}) == parse.track(track(1))


@pytest.mark.parametrize("odd", ["song", None])
def test_what_is_no_track_by_its_uri_is_none(odd: object) -> None:
    episode = track(1) | {"type": odd, "uri": f"spotify:episode:{1:022}"}
    assert parse.track(episode) is None
    assert parse.track(track(1) | {"type": odd, "uri": "spotify:local:a:b:c:7"}) is None


def in_row(kind: Kind, path: tuple[Step, ...]) -> bool:
    return len(path) > len(kind.rows) and path[: len(kind.rows)] == kind.rows


@pytest.mark.parametrize("name", KINDS)
@trying(max_examples=300)
@given(data=st.data())
def test_an_odd_field_costs_at_most_its_own_row(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    inside = [path for path in paths(kind.answer) if in_row(kind, path)]
    path = data.draw(st.sampled_from(inside))
    odd = data.draw(st.sampled_from(ODD))
    good = kind.read(kind.answer)
    found = kind.read(changed(kind.answer, path, odd))
    place = path[len(kind.rows)]
    others = [row for number, row in enumerate(good) if number != place]
    assert [row for row in found if row in others] == others
    field = [step for step in path[len(kind.rows) + 1 :] if step not in {"item", "track"}]
    names_it = not field or (len(field) == 1 and field[0] in NAMING)
    if not names_it:
        assert len([row for row in found if row is not None]) == len(good)


@pytest.mark.parametrize("name", KINDS)
def test_an_odd_field_of_the_page_costs_no_row(name: str) -> None:
    kind = KINDS[name]
    good = kind.read(kind.answer)
    outside = [p for p in paths(kind.answer) if not in_row(kind, p) and p != kind.rows[: len(p)]]
    for path in outside:
        for odd in ODD:
            found = kind.read(changed(kind.answer, path, odd))
            assert [row for row in found if row is not None] == good, (path, odd)


CASES = PROJECT.parent / "shared" / "cases" / "answers"


@pytest.mark.skipif(not CASES.exists(), reason="the cases are not here")
def test_the_cases_lose_what_cannot_be_read_and_nothing_else() -> None:
    top = json.loads((CASES / "top_tracks_odd_fields.json").read_text(encoding="utf-8"))
    listed = json.loads((CASES / "playlists_odd_fields.json").read_text(encoding="utf-8"))
    rows = parse.page(top, limit=50).rows
    assert [rank for rank, row in enumerate(rows, start=1) if row] == [1, 2, 3, 4, 6]
    assert [p.name for p in listening.playlists(listed).playlists] == [
        "List 0",
        "",
        "List 2",
        "List 3",
    ]


PLAYING = {"is_playing": True, "item": track(1), "device": device(1), "timestamp": 5}
ME = {"id": "somebody", "account_id": "aB3", "display_name": "Somebody", "images": [{"url": "x"}]}


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (PLAYING, listening.now_playing),
        (ME, parse.profile),
        (track(1), lambda answer: parse.track(answer, asked="1" * 22)),
    ],
)
def test_an_odd_field_stops_no_single_answer(answer: Any, read: Callable[[Any], object]) -> None:
    for path in paths(answer):
        for odd in ODD:
            read(changed(answer, path, odd))


def test_an_odd_field_stops_no_token_but_the_token_itself() -> None:
    answer = {
        "access_token": "access",
        "token_type": "Bearer",
        "expires_in": 3600,
        "refresh_token": "refresh",
        "scope": "user-top-read",
    }
    for name in set(answer) - {"access_token"}:
        for odd in ODD:
            said = json.loads(checked(json.dumps(changed(answer, (name,), odd)).encode()))
            assert said["access_token"] == "access"
            assert 0 < said["expires_in"] <= 366 * 24 * 3600
