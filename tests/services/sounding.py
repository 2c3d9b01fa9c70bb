"""Rows of which only what can be heard is known."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from ttt.found import Source
from ttt.services.tracks.rows import TrackRow, Value

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def row(name: str = "Song", duration_ms: int | None = None, **numbers: float | None) -> TrackRow:
    """A track with these values, such as tempo, energy, valence, key and mode."""
    values = {k: Value(v, Source.CATALOGUE, NOW) for k, v in numbers.items() if v is not None}
    uri = f"spotify:track:{name}"
    return TrackRow(uri, name, ("Band",), duration_ms=duration_ms, values=values)


def rows(max_size: int = 30) -> st.SearchStrategy[list[TrackRow]]:
    """Lists in which each value may be missing, or impossible."""
    tempo = st.none() | st.sampled_from([0.0, float("nan")]) | st.floats(20, 300)
    share = st.none() | st.floats(0, 1)
    known = st.fixed_dictionaries(
        {
            "tempo": tempo,
            "energy": share,
            "key": st.none() | st.integers(-1, 11),
            "mode": st.none() | st.integers(0, 1),
            "duration_ms": st.none() | st.integers(0, 600_000),
        }
    )
    return st.lists(known, max_size=max_size).map(
        lambda values: [_numbered(number, value) for number, value in enumerate(values)]
    )


def _numbered(number: int, values: dict[str, float | None]) -> TrackRow:
    length = values.pop("duration_ms")
    return row(f"Song {number}", None if length is None else int(length), **values)
