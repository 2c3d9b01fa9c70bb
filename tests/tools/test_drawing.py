"""The script that draws figures is of one version with Plotly for Python, and is what npm says."""

import io
import tarfile
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.surroundings.loopback import free_port, served
from tools import drawing

SCRIPT = b"/** plotly.js (cartesian) v4.1.1 */"


def test_the_script_is_of_the_version_that_plotly_for_python_brings() -> None:
    assert drawing.version_of(drawing.FOLDER / drawing.FILES[0]) == drawing.version()


def archive() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, content in zip(drawing.FILES, (SCRIPT, b"MIT"), strict=True):
            told = tarfile.TarInfo(f"package/{name}")
            told.size = len(content)
            tar.addfile(told, io.BytesIO(content))
    return packed.getvalue()


PACKED = archive()


def registry(integrity: str) -> Starlette:
    def package(request: Request) -> Response:
        tarball = str(request.url_for("tarball"))
        return JSONResponse({"dist": {"tarball": tarball, "integrity": integrity}})

    def tarball(_request: Request) -> Response:
        return Response(PACKED)

    version = f"/{drawing.NAME}/{drawing.version()}"
    return Starlette(routes=[Route(version, package), Route("/t.tgz", tarball, name="tarball")])


def fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, integrity: str) -> None:
    port = free_port()
    with served(registry(integrity), port):
        monkeypatch.setattr(drawing, "REGISTRY", f"http://127.0.0.1:{port}")
        monkeypatch.setattr(drawing, "FOLDER", tmp_path)
        drawing.main()


def test_it_comes_with_its_licence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(tmp_path, monkeypatch, drawing.digest(PACKED))

    assert (tmp_path / drawing.FILES[0]).read_bytes() == SCRIPT
    assert (tmp_path / "LICENSE").read_bytes() == b"MIT"


def test_an_archive_that_is_another_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="is not what npm says"):
        fetch(tmp_path, monkeypatch, drawing.digest(b"another"))

    assert list(tmp_path.iterdir()) == []
