"""Tells a listening history from a list, so that it is led to where histories are taken."""

import io

from ttt.errors import HistoryInstead, HistoryRefused
from ttt.providers import history_files
from ttt.providers.history_files import Format, HistoryFile


def refuse(content: bytes) -> None:
    """HistoryInstead for the listening history of any service."""
    try:
        found = history_files.what_is(HistoryFile("", io.BytesIO(content)))
    except HistoryRefused:
        return
    if found is not None:
        whose = "" if found is Format.OWN_TABLE else f" ({found.label})"
        raise HistoryInstead(
            f"This is a listening history{whose}, not a list of tracks: bring it on the Imports"
            " page, where every play of it is counted."
        )
