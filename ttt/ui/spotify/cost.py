"""What a person loses with the connection to their Spotify."""

from ttt import words
from ttt.services.explain import clock
from ttt.services.person import Person
from ttt.services.top import top_tracks
from ttt.ui.frame import browser, process


def of(person: Person) -> str:
    """The connection and how many lists since when, as part of a sentence."""
    lists = top_tracks.kept(process.context(), person)
    if not lists.count:
        return "the connection"
    since = clock(lists.since, browser.zone()) if lists.since else ""
    counted = words.counted(lists.count, "list")
    return f"the connection and {counted} of top tracks{f' since {since}' if since else ''}"
