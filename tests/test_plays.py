from ttt.plays import PlaySource, Sense


def test_every_source_of_plays_has_a_name_and_a_sense_of_time() -> None:
    assert all(source.label and source.sense in Sense for source in PlaySource)


def test_sources_of_plays_keep_the_numbers_they_are_stored_by() -> None:
    assert {source.name: source.value for source in PlaySource} == {
        "SPOTIFY_HISTORY": 1,
        "SPOTIFY_ACCOUNT_DATA": 2,
        "SPOTIFY_RECENT": 3,
        "LASTFM": 4,
        "LISTENBRAINZ": 5,
        "MALOJA": 6,
        "KOITO": 7,
        "PANO_SCROBBLER": 8,
        "SCROBBLER_LOG": 9,
        "STATS_TRACKER": 10,
        "OWN_TABLE": 11,
        "APPLE_MUSIC": 12,
        "YOUTUBE_MUSIC": 13,
        "SUBMITTED": 14,
    }
