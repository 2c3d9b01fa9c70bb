"""Spotify's own rows where a program wrote them as a table: the same names, a cell each."""

from collections.abc import Callable, Sequence

import msgspec

from ttt.plays import RefusedRow, WhyRefused
from ttt.providers.columns import name_nothing
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import moment
from ttt.providers.history_files.formats import times
from ttt.providers.history_files.formats.ours import written
from ttt.providers.history_files.formats.own_table import decimal
from ttt.providers.history_files.formats.spotify import account, history
from ttt.providers.history_files.pieces.containers import each
from ttt.providers.history_files.pieces.decoding import salvaged
from ttt.providers.history_files.pieces.kinds import Telling

_LOOKED_AT = 20
_TITLE = "master_metadata_track_name"
_NOTHING = frozenset({"", "nan", "none", "null", "nat", "<na>"})
"""As pandas and databases write what is not there; in names these can be words."""
_TRUE = frozenset(
    (
        *("true", "wahr", "vrai", "vero", "verdadero", "verdadeiro", "waar", "prawda", "pravda"),
        *("sand", "sant", "tosi", "igaz", "истина", "yes", "t", "1", "1.0"),
    )
)
"""As spreadsheets of many languages write it; whatever else stands there says no."""
_NAMES = frozenset({"title", "artist", "album", "artist_name", "track_name"})


class SpotifysTable:
    """What rows of a table tell of whose columns are the fields of such a row."""

    def __init__(self, row: type[msgspec.Struct], telling: Telling, *needed: str) -> None:
        self._row = row
        self._telling = telling
        self._fields = {f.encode_name.lower(): f for f in msgspec.structs.fields(row)}
        self._names = [f.encode_name for f in self._fields.values() if f.name in _NAMES]
        self._needed, self._time = frozenset(needed), needed[0]

    def is_one(self, rows: Sequence[Sequence[str]]) -> bool:
        """Whether a table has Spotify's columns, with times in any way of writing them."""
        header = [_plain(title) for title in rows[0]]
        if not self._needed <= set(header):
            return False
        at = header.index(self._time)
        return any(times.is_of_play(row[at]) for row in rows[1:_LOOKED_AT] if len(row) > at)

    def headed(self, header: list[str], given: Given) -> Callable[[list[str], int], Told]:
        """What rows under this header tell of."""
        places = [(at, self._fields.get(_plain(title))) for at, title in enumerate(header)]
        fields = [(at, field) for at, field in places if field is not None]
        telling = self._telling(given)

        def told(cells: list[str], number: int) -> Told:
            if len(cells) > len(header) and any(cells[len(header) :]):
                return RefusedRow(number, WhyRefused.NO_ROW)
            said = {
                field.encode_name: self._value(cells[at], field, given)
                for at, field in fields
                if at < len(cells) and _says(cells[at], field.name)
            }
            if name_nothing(*(str(said.get(name, "")) for name in self._names)):
                said = {name: text for name, text in said.items() if name not in self._names}
            return telling(salvaged(self._row, said), number)

        return told

    def _value(self, cell: str, field: msgspec.structs.FieldInfo, given: Given) -> object:
        if field.encode_name.lower() == self._time:
            stamp = times.when(cell, order=given.order)[0] if moment(cell) is None else None
            return cell if stamp is None else written(stamp)
        if field.name == "ms_played":
            return decimal(cell)
        return cell.strip().lower() in _TRUE if field.type == bool | None else cell


def _plain(title: str) -> str:
    return title.strip().lower().lstrip("\ufeff")


def _says(cell: str, name: str) -> bool:
    return bool(cell) and (name in _NAMES or cell.strip().lower() not in _NOTHING)


EXTENDED = SpotifysTable(history.Row, history.telling, "ts", "ms_played", _TITLE)
ACCOUNT = SpotifysTable(account.Row, each(account.told), "endtime", "msplayed")
