"""`my_spotify_data.zip` of a demo listener: the extended streaming history, as Spotify sends it.

It ends with yesterday, by UTC, as Spotify needs its time as well; made once a day and process.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from functools import lru_cache
from itertools import count, islice
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ttt.demo.history import rows
from ttt.demo.history.plays import Plays, played
from ttt.demo.library import Library
from ttt.demo.listeners import LISTENERS, Listener, listener
from ttt.demo.refusals import InvalidRequest

NAME = "my_spotify_data.zip"
_FOLDER = "Spotify Extended Streaming History"
_ROWS_A_FILE = 16_000
_READ_ME = "The streaming history of a made-up listener of the demo Spotify."


def routes(catalogue: Path, now: Callable[[], datetime]) -> list[BaseRoute]:
    """The download; open to all, as the listeners are made up."""

    def download(request: Request) -> Response:
        chosen = listener(request.query_params.get("listener", LISTENERS[0].id))
        if chosen is None:
            raise InvalidRequest("Unknown listener")
        data = archive(Library.load(catalogue), chosen, midnight(now()))
        headers = {"content-disposition": f'attachment; filename="{NAME}"'}
        return Response(data, media_type="application/zip", headers=headers)

    return [Route(f"/{NAME}", download, methods=["GET"])]


def midnight(now: datetime) -> datetime:
    """The start of a day, by UTC."""
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)


@lru_cache(maxsize=len(LISTENERS))
def archive(library: Library, listener: Listener, until: datetime) -> bytes:
    """The whole zip, of some 4 MB."""
    plays = played(library, listener, until)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        zipped.writestr(f"{_FOLDER}/ReadMeFirst_ExtendedStreamingHistory.pdf", _pdf())
        for name, part in _files(library, listener, plays):
            zipped.writestr(_member(f"{_FOLDER}/{name}", until), _json(part))
    return file.getvalue()


def _member(name: str, until: datetime) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=until.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _files(
    library: Library, listener: Listener, plays: Plays
) -> Iterator[tuple[str, list[rows.Row]]]:
    heard = rows.audio(library, listener, plays)
    for number in count():
        part = list(islice(heard, _ROWS_A_FILE))
        if not part:
            break
        yield f"Streaming_History_Audio_{_years(part)}_{number}.json", part
    watched = list(rows.video(library, listener, plays))
    if watched:
        yield f"Streaming_History_Video_{_years(watched)}.json", watched


def _years(part: list[rows.Row]) -> str:
    first, last = part[0]["ts"][:4], part[-1]["ts"][:4]
    return first if first == last else f"{first}-{last}"


def _json(part: list[rows.Row]) -> bytes:
    """As Spotify writes it: one array, and an object takes many lines."""
    return msgspec.json.format(msgspec.json.encode(part), indent=2)


def _pdf() -> bytes:
    """A page with one line."""
    text = f"BT /F1 14 Tf 60 760 Td ({_READ_ME}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
        b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    )
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%b endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + head + table + end
