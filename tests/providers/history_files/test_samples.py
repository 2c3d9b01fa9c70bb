"""Every sample beside the checkout: exactly its rows, before anything is judged across them."""

from collections import Counter

import pytest

from tests.providers.history_files.given import sample, told
from ttt.errors import HistoryRefused
from ttt.plays import How, Kind, WhyRefused
from ttt.providers.history_files import Format, WhyNoHistory

ZONE = "Etc/GMT-1"
COUNTS = {
    "my_spotify_data_extended.zip": (Format.SPOTIFY_EXTENDED, 18, 4, 0),
    "endsong_0.json": (Format.SPOTIFY_EXTENDED, 2, 0, 0),
    "my_spotify_data_account.zip": (Format.SPOTIFY_ACCOUNT, 3, 2, 1),
    "StreamingHistory0.json": (Format.SPOTIFY_ACCOUNT, 3, 0, 1),
    "recently-played.json": (Format.SPOTIFY_RECENT, 3, 0, 0),
    "lastfm-to-csv-somebody.csv": (Format.LASTFM_PLAIN, 4, 0, 1),
    "recenttracks-somebody-1711836000.csv": (Format.LASTFM_CSV, 4, 0, 0),
    "recenttracks-somebody-1711836000.json": (Format.LASTFM_JSON, 4, 0, 1),
    "lastfmstats-somebody.json": (Format.LASTFM_STATS_JSON, 4, 0, 0),
    "lastfmstats-somebody.csv": (Format.LASTFM_STATS_CSV, 4, 0, 0),
    "listenbrainz_somebody_1711836000.zip": (Format.LISTENBRAINZ, 4, 0, 0),
    "somebody_lb-2024-03-30.json": (Format.LISTENBRAINZ, 4, 0, 0),
    "maloja_export_1711836000.json": (Format.MALOJA, 4, 0, 0),
    "koito_export_1711836000.json": (Format.KOITO, 4, 0, 0),
    "pano-scrobbler.jsonl": (Format.PANO_SCROBBLER, 4, 0, 0),
    "scrobbler.log": (Format.SCROBBLER_LOG, 4, 0, 0),
    "spotifystatstracker-export.json": (Format.STATS_TRACKER, 3, 0, 0),
    "Apple Music Play Activity.csv": (Format.APPLE_ACTIVITY, 1, 0, 0),
    "watch-history.json": (Format.YOUTUBE_MUSIC, 1, 1, 0),
}
# What all sources but Spotify tell of the same evening: starts, by a second or two.
EVENING = [(1_711_835_801, "Paper Lanterns"), (1_711_836_039, "Paper Lanterns")]
EVENING += [(1_711_836_270, "Glass Harbour"), (1_711_836_272, "Glass Harbour")]
OF_THE_EVENING = [name for name in COUNTS if name.startswith(("recentt", "lastfmstats", "list"))]
OF_THE_EVENING += [name for name in COUNTS if name.startswith(("some", "mal", "koi", "pano"))]


@pytest.mark.parametrize("name", COUNTS)
def test_a_sample_has_exactly_these_rows(name: str) -> None:
    kind, plays, left_out, refused = COUNTS[name]
    found = told(sample(name), zone=ZONE)
    assert found.reading.format is kind
    assert (len(found.plays), len(found.left_out), len(found.refused)) == (plays, left_out, refused)


@pytest.mark.parametrize("name", [*OF_THE_EVENING, "scrobbler.log"])
def test_every_source_tells_of_the_same_evening(name: str) -> None:
    plays = told(sample(name), zone=ZONE).plays
    assert [(play.told_at, play.title) for play in plays] == EVENING
    assert {(play.artists, play.album) for play in plays} == {
        (("The Invented Few",), "Nothing Real")
    }


def test_the_extended_sample_leaves_out_what_is_no_music() -> None:
    found = told(sample("my_spotify_data_extended.zip"))
    kinds = Counter(row.kind for row in found.left_out)
    assert kinds == {Kind.PODCAST: 2, Kind.AUDIOBOOK: 1, Kind.NAMELESS: 1}
    assert sum(bool(play.how & How.PRIVATE) for play in found.plays) == 1
    assert sum(bool(play.how & How.VIDEO) for play in found.plays) == 1


def test_the_sample_of_two_people_is_asked_about() -> None:
    with pytest.raises(HistoryRefused) as refused:
        told(sample("hostile/two-people.zip"))
    assert refused.value.why is WhyNoHistory.SEVERAL_PEOPLE
    assert len(told(sample("hostile/two-people.zip"), folders=(_folder("a"),)).plays) == 2


def _folder(of: str) -> str:
    return f"{of}/Spotify Extended Streaming History/"


def test_the_sample_bomb_is_empty() -> None:
    with pytest.raises(HistoryRefused) as refused:
        told(sample("hostile/bomb.zip"))
    assert refused.value.why is WhyNoHistory.EMPTY


@pytest.mark.parametrize(
    ("name", "plays", "left_out", "refused"),
    [
        ("braces", 0, 0, [WhyRefused.TOO_LONG]),
        ("truncated", 16, 3, [WhyRefused.CUT_OFF]),
        (
            "types",
            0,
            0,
            [
                WhyRefused.TOO_EARLY,
                WhyRefused.BAD_TIME,
                WhyRefused.FUTURE,
                *[WhyRefused.NO_ROW] * 3,
            ],
        ),
    ],
)
def test_a_hostile_sample_costs_its_own_rows(
    name: str, plays: int, left_out: int, refused: list[WhyRefused]
) -> None:
    found = told(sample(f"hostile/{name}_Streaming_History_Audio_2024_0.json"))
    assert (len(found.plays), len(found.left_out)) == (plays, left_out)
    assert [row.reason for row in found.refused] == refused
