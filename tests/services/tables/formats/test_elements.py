"""XML of players, shops and feeds: whatever names title and artist is a list."""

import pytest

from ttt.errors import InvalidInput
from ttt.services.lists import reading
from ttt.services.tables import list_files
from ttt.services.tables.formats import markup

ID = "4h9wh7iOZ0GGn8QVp4RAOB"
LINK = f"https://open.spotify.com/track/{ID}"
ENTRY = "<title>Song</title><author>Ann</author>"


@pytest.mark.parametrize(
    "text",
    [
        f'<asx version="3.0"><title>Mine</title><author>Me</author><entry>{ENTRY}</entry></asx>',
        f"<ASX VERSION='3.0'><ENTRY>{ENTRY.upper().replace('SONG', 'Song')}</ENTRY></ASX>",
        f"<asx version=3.0><Entry>{ENTRY}<Ref href='a&b.mp3'></Entry><Entry>{ENTRY}</entry></asx>",
        (
            '<?xml version="1.0"?><WinampXML><playlist label="x"><entry Playstring="file:x.mp3">'
            "<Name>Ann - Song</Name><Length>200000</Length></entry></playlist></WinampXML>"
        ),
        (
            "<rss version='2.0'><channel><title>Mine - all</title><item><title>Ann – Song</title>"
            "<link>https://example.org/1</link></item></channel></rss>"
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Mine</title><author><name>Me</name>"
            "</author><entry><title>Song</title><author><name>Ann</name></author></entry></feed>"
        ),
        "<songs><song><name>Song</name><artist>Ann</artist></song></songs>",
        "<songs><song name='Song' artist='Ann'/></songs>",
        "<MediaContainer><Track title='Song' grandparentTitle='Ann'/></MediaContainer>",
        (
            "<lfm><lovedtracks><track><name>Song</name><artist><name>Ann</name></artist></track>"
            "</lovedtracks></lfm>"
        ),
    ],
)
def test_any_xml_that_names_title_and_artist_is_a_list(text: str) -> None:
    found = reading.read(list_files.read(text.encode()))
    named = [(name.title, name.artist.title()) for _, name in found.named.values()]
    assert named == [("Song", "Ann")]


def test_an_item_of_a_feed_that_links_a_track_is_that_track() -> None:
    item = f"<item><title>Something new</title><link>{LINK}</link></item>"
    found = reading.read(list_files.read(f"<rss><channel>{item}</channel></rss>".encode()))
    assert [line.spotify_id for line in found.lines] == [ID]


def test_of_a_playlist_that_is_cut_off_the_whole_entries_are_taken() -> None:
    text = f"<asx version='3.0'><entry>{ENTRY}</entry><entry><title>Tu"
    found = reading.read(list_files.read(text.encode()))
    assert [name.title for _, name in found.named.values()] == ["Song"]
    assert [refusal.row for refusal in found.refused] == [2]


@pytest.mark.parametrize(
    "text",
    [
        f"<a href='{LINK}'>Song</a>",
        f"<iframe src='{LINK.replace('/track', '/embed/track')}'></iframe>",
    ],
)
def test_a_piece_of_a_web_page_that_links_a_track_is_read_as_the_link(text: str) -> None:
    assert markup.read(text.encode()) is None
    found = reading.read(list_files.read(text.encode()))
    assert [line.spotify_id for line in found.lines] == [ID]


def test_a_feed_of_news_holds_no_tracks() -> None:
    item = "<item><title>Something new</title><link>https://example.org/1</link></item>"
    with pytest.raises(InvalidInput, match="holds no tracks"):
        markup.read(f"<rss><channel>{item}</channel></rss>".encode())
