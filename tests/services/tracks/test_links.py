import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttt.errors import InvalidInput
from ttt.services.tracks import links
from ttt.services.tracks.links import parse

ID = "4h9wh7iOZ0GGn8QVp4RAOB"
OTHER = "0f1svjHSiaCJif6noKKVHa"
ids = st.text(string.ascii_letters + string.digits, min_size=22, max_size=22)
queries = st.sampled_from(["", "?", "?si=abc123", "?si=a&utm_source=copy-link", "#1:23", "/"])


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f"spotify:track:{ID}",
        f"SPOTIFY:TRACK:{ID}",
        f"spotify://track/{ID}",
        f"https://open.spotify.com/track/{ID}",
        f"http://open.spotify.com/track/{ID}",
        f"open.spotify.com/track/{ID}",
        f"HTTPS://Open.Spotify.com/track/{ID}",
        f"https://play.spotify.com/track/{ID}",
        f"https://open.spotify.com/intl-de/track/{ID}?si=0123456789abcdef",
        f"https://open.spotify.com/intl-pt-br/track/{ID}",
        f"https://open.spotify.com/embed/track/{ID}?utm_source=generator",
        f"https://open.spotify.com/track/{ID}#0:42",
        f"https://open.spotify.com/track/{ID}/",
        f"https://open.spotify.com/track/{ID}?context=spotify%3Aplaylist%3A37i9dQZF1DXcBWIGoYBM5M",
        f"  \t<https://open.spotify.com/track/{ID}> \n",
        f'"https://open.spotify.com/track/{ID}".',
        f"https://open.spotify.com/track/ {ID}",
        f"\u200bspotify:track:\xa0{ID}\ufeff",
        f"Here is a song for you… Dust by Ada https://open.spotify.com/track/{ID}?si=abc",
        f"- https://open.spotify.com/track/{ID}",
        f"2. https://open.spotify.com/track/{ID}",
        f"[x] spotify:track:{ID}",
        f"[Dust (live)](https://open.spotify.com/track/{ID}) - by Ada",
        f"“https://open.spotify.com/track/{ID}”",
        f"« https://open.spotify.com/track/{ID} »",
        f'<iframe src="https://open.spotify.com/embed/track/{ID}?utm_source=generator"></iframe>',
        f"https://open.spotify.com/album/{OTHER}?highlight=spotify:track:{ID}",
        f"https://open.spotify.com/album/{OTHER}?highlight=spotify%3Atrack%3A{ID}",
        f"https://open.spotify.com/track/spotify:track:{ID}",
        f"https://open.spotify.com/track/{ID} https://open.spotify.com/track/{ID}?si=again",
        f"{ID} {ID}",
        f"https://open.spotify.com//track/{ID}",
        f"https://open.spotify.com:443/track/{ID}",
        f"https://spotify.com/track/{ID}",
        f"https://embed.spotify.com/?uri=spotify%3Atrack%3A{ID}",
        f"https://open.spotify.com/embed-podcast/track/{ID}",
        f"https://api.spotify.com/v1/tracks/{ID}",
        f"https://www.google.com/url?q=https%3A%2F%2Fopen.spotify.com%2Ftrack%2F{ID}&sa=D",
        f"https://l.example.org/?u=https%253A%252F%252Fopen.spotify.com%252Ftrack%252F{ID}",
        f"https:\\/\\/open.spotify.com\\/track\\/{ID}",
        f"&lt;iframe src=&quot;https://open.spotify.com/embed/track/{ID}&quot;&gt;",
        f"ｓｐｏｔｉｆｙ：track：{ID}",
        f"h\u200bttps://open.spotify.com/track/{ID}…",
        f"https://open.spotify.com/track/{ID}。次",
        f"1. {ID}",
        f"12\t{ID}",
        f"- [x] {ID}",
        f"| {ID} |",
        f"`{ID}`",
        f"「{ID}」",
        f"♪ {ID}",
        f"/track/{ID}",
        f"id={ID}",
        f"{ID}?si=abc",
        f"Dust by Ada: {ID}",
        f"Ada - Dust {ID}",
    ],
)
def test_a_track_is_recognised(text: str) -> None:
    assert parse(text) == ID


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing here"),
        (" \n", "nothing here"),
        ("<>", "nothing here"),
        (f"https://open.spotify.com/album/{ID}", "an album"),
        (f"spotify:album:{ID}", "an album"),
        (f"https://open.spotify.com/intl-fr/playlist/{ID}", "a playlist"),
        (f"spotify:user:somebody:playlist:{ID}", "a playlist"),
        (f"https://open.spotify.com/artist/{ID}", "an artist"),
        (f"https://open.spotify.com/episode/{ID}", "a podcast episode"),
        (f"https://open.spotify.com/show/{ID}", "a podcast:"),
        ("spotify:local:Artist:Album:Title:200", "somebody's computer"),
        ("https://open.spotify.com/search/hello", "something else on Spotify"),
        (f"Ada - Dust https://open.spotify.com/album/{ID}", "an album"),
        (f"https://open.spotify.com/album/{ID}/track/{OTHER}", "an album"),
        (f"album/{ID}", "no Spotify link"),
        ("https://open.spotify.com", "something else on Spotify"),
        ("https://on.spotify.com/x", "something else on Spotify"),
        ("https://spotify.link/AbCdEf", "short link"),
        ("Listen: https://spotify.link/AbCdEf", "short link"),
        ("spoti.fi/3xyz", "short link"),
        ("https://open.spotify.com/track/short", "22 letters and digits"),
        (f"https://open.spotify.com/track/{ID}X", "22 letters and digits"),
        (f"spotify:track:{ID[:-1]}", "22 letters and digits"),
        (f"spotify:track:{ID[:-1]}é", "22 letters and digits"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "no Spotify link"),
        (f"https://example.org/track/{ID}", "no Spotify link"),
        (f"https://open.spotify.com.example.org/track/{ID}", "no Spotify link"),
        ("Hello by Adele", "no Spotify link"),
        (ID[:-1], "no Spotify link"),
        (f"https://notspotify.com/track/{ID}", "no Spotify link"),
        (f"song.link/s/{ID}", "no Spotify link"),
        # Without their blanks these are 22 letters.
        ("Total Eclipse of the Heart", "no Spotify link"),
        ("Ann Bell - 2nd letter to you", "no Spotify link"),
        (f"{ID} {OTHER}", "line of its own"),
        (f"spotify:track:{ID}spotify:track:{OTHER}", "line of its own"),
        (
            f"https://open.spotify.com/track/{ID}https://open.spotify.com/track/{OTHER}",
            "of its own",
        ),
        (f"https://open.spotify.com/track/{ID} https://open.spotify.com/track/short", "of its own"),
        (f"spotify:track:{ID} spotify:track:{OTHER}", "line of its own"),
        (f"https://open.spotify.com/track/{ID}?si=a spotify:track:{OTHER}", "line of its own"),
    ],
)
def test_anything_else_is_refused_with_what_it_is(text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    assert said in caught.value.reason
    assert caught.value.reason.endswith(".")


@given(
    spotify_id=ids,
    scheme=st.sampled_from(["https://", "http://", ""]),
    country=st.sampled_from(["", "intl-de/", "intl-es-419/", "intl-zh/"]),
    query=queries,
    before=st.text(" \t\n<", max_size=3),
    after=st.text(" \t\n>", max_size=3),
)
def test_every_spelling_of_a_link_leads_to_its_id(
    spotify_id: str, scheme: str, country: str, query: str, before: str, after: str
) -> None:
    link = f"{before}{scheme}open.spotify.com/{country}track/{spotify_id}{query}{after}"
    assert parse(link) == parse(f"spotify:track:{spotify_id}") == parse(spotify_id) == spotify_id


@pytest.mark.parametrize(
    "part",
    ["a.", "a-", "spotify.com/", "spotify:", "track:", "intl-", "1. ", " - ", "%25", "&amp;"],
)
def test_a_text_without_end_takes_no_time_without_end(part: str) -> None:
    before = time.thread_time()
    with pytest.raises(InvalidInput):
        parse(part * 20_000 + "spotify.com")
    assert time.thread_time() - before < 5


@given(st.text() | st.builds("spotify:{}:{}".format, st.text(), st.text()))
def test_any_text_is_an_id_or_refused_in_words(text: str) -> None:
    spotify_id, reason = outcome(text)
    if reason:
        assert reason.endswith(".")
    else:
        assert len(spotify_id) == 22
        assert set(spotify_id) <= set(text)
        assert spotify_id.isascii()
        assert spotify_id.isalnum()


def outcome(text: str) -> tuple[str, str]:
    try:
        return parse(text), ""
    except InvalidInput as error:
        return "", error.reason


@given(st.sampled_from(["album", "playlist", "episode", "artist", "show", "user", "x"]), ids)
def test_only_tracks_are_taken(kind: str, spotify_id: str) -> None:
    for link in (f"https://open.spotify.com/{kind}/{spotify_id}", f"spotify:{kind}:{spotify_id}"):
        with pytest.raises(InvalidInput):
            parse(link)


@pytest.mark.parametrize(
    ("uri", "named"),
    [
        ("spotify:local:Ada+L:First:Dust%21:200", ("Ada L", "Dust!")),
        ("spotify:local:Ada::Dust:", ("Ada", "Dust")),
        ("spotify:local:::Dust:200", None),
        ("spotify:local:Ada:::200", None),
        ("spotify:track:x", None),
    ],
)
def test_a_file_on_somebodys_computer_is_known_by_both_its_names(
    uri: str, named: tuple[str, str] | None
) -> None:
    assert links.local_file(["", uri]) == named


def test_of_several_links_in_a_text_none_is_the_one() -> None:
    one, other = f"spotify:track:{'1' * 22}", f"spotify:track:{'2' * 22}"
    assert links.link_in(f"this: {one}") == "1" * 22
    assert links.link_in(f"{one} {one}") == "1" * 22
    for text in (f"{one} {other}", "none", "1" * 22, "spotify:track:short"):
        assert links.link_in(text) is None


@pytest.mark.parametrize("between", [" ", ", ", ",", "; ", "\t", " | "])
def test_several_links_and_nothing_else_are_taken_apart(between: str) -> None:
    one, other = f"spotify:track:{'1' * 22}", f"https://open.spotify.com/track/{'2' * 22}?si=x"
    assert links.apart(between.join([one, other, "3" * 22])) == [one, other, "3" * 22]
    for text in (one, f"{one}{between}and", f"{one} and {other}", "Ada - Dust", ""):
        assert links.apart(text) == []
