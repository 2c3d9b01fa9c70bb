"""Tells a listening history from a list, so that it is led to where histories are taken."""

import io

from ttt.errors import HistoryInstead, HistoryRefused
from ttt.providers import history_files
from ttt.providers.history_files import Format, HistoryFile

_HEAD = 1 << 14


def refuse(content: bytes) -> None:
    """HistoryInstead for the listening history of any service."""
    try:
        found = history_files.what_is(HistoryFile("", io.BytesIO(content)))
    except HistoryRefused:
        return
    # Of favourites Funkwhale says what it says of plays.
    are_favourites = found is Format.OWN_JSON and b'"creation_date"' in content[:_HEAD]
    if found is not None and not are_favourites:
        whose = "" if found is Format.OWN_TABLE else f" ({found.label})"
        raise HistoryInstead(
            f"This is a listening history{whose}, not a list of tracks: bring it on the Imports"
            " page, where every play of it is counted."
        )
