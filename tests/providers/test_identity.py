import pytest

from ttt.providers import identity

ID = "11dFghVXANMlKmJXsNCbNl"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f" {ID} ",
        f"spotify:track:{ID}",
        f"https://open.spotify.com/track/{ID}",
        f"https://open.spotify.com/track/{ID}?si=0123456789abcdef",
        f"https://open.spotify.com/intl-de/track/{ID}",
        f"https://api.spotify.com/v1/tracks/../track/{ID}/",
    ],
)
def test_a_track_is_named_by_link_uri_and_id(text: str) -> None:
    assert identity.spotify_id(text) == ID


@pytest.mark.parametrize(
    "text",
    [
        "",
        "spotify:track:",
        f"spotify:track:{ID}x",
        f"spotify:album:{ID}",
        f"https://open.spotify.com/artist/{ID}",
        f"https://open.spotify.com/soundtrack/{ID}",
        "spotify:local:The+Waymores:Heart+of+Stone:Heart+of+Stone:128",
        ID[:-1],
        None,
        5,
    ],
)
def test_anything_else_names_no_track(text: object) -> None:
    assert identity.spotify_id(text) is None


@pytest.mark.parametrize("text", ["USUM71703861", "us-um7-17-03861", " USUM7 1703861 "])
def test_an_isrc_is_read_with_hyphens_and_small_letters(text: str) -> None:
    assert identity.isrc(text) == "USUM71703861"


@pytest.mark.parametrize("text", ["", "USUM7170386", "USUM717038611", "1SUM71703861", None, 5])
def test_anything_else_is_no_isrc(text: object) -> None:
    assert identity.isrc(text) is None


@pytest.mark.parametrize(
    ("value", "own_id"),
    [(3135556, "3135556"), ("b0722e89-94fe", "b0722e89-94fe"), ("", None), ("a b", None)],
)
def test_an_id_of_a_providers_own_is_plain_text(value: object, own_id: str | None) -> None:
    assert identity.own_id(value) == own_id


@pytest.mark.parametrize("value", [None, 1.5, [], "x" * 65, "a\0"])
def test_what_cannot_be_an_id_is_none(value: object) -> None:
    assert identity.own_id(value) is None
