"""A package registry of this machine, with wheels that are made as they are needed."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.surroundings.loopback import free_port, served


class Wheel(NamedTuple):
    """A wheel by its file name, as bytes."""

    file: str
    data: bytes

    @property
    def hash(self) -> str:
        return f"sha256:{hashlib.sha256(self.data).hexdigest()}"


def packed(file: str, files: dict[str, str]) -> Wheel:
    """A wheel that holds these texts by their paths."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return Wheel(file, data.getvalue())


def package(name: str, version: str, *lines: str) -> Wheel:
    """A pure package of one module; `lines` go into its metadata."""
    info = f"{name}-{version}.dist-info"
    head = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *lines]
    tags = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {
        f"{name}.py": f"version = {version!r}\n",
        f"{info}/METADATA": "\n".join([*head, ""]),
        f"{info}/WHEEL": tags,
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    return packed(f"{name}-{version}-py3-none-any.whl", files | {f"{info}/RECORD": record})


@contextmanager
def registry(*wheels: Wheel) -> Iterator[str]:
    """The address of an index that offers these wheels."""
    data = {wheel.file: wheel.data for wheel in wheels}

    def page(request: Request) -> HTMLResponse:
        name = request.path_params["name"]
        files = [file for file in data if file.partition("-")[0] == name]
        return HTMLResponse("".join(f'<a href="../../files/{file}">{file}</a>\n' for file in files))

    def file(request: Request) -> Response:
        return Response(data[request.path_params["file"]], media_type="application/zip")

    app = Starlette(routes=[Route("/simple/{name}/", page), Route("/files/{file}", file)])
    port = free_port()
    with served(app, port):
        yield f"http://127.0.0.1:{port}/simple"
