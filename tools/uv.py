"""The uv that requirements-uv.txt names, fetched without pip: that takes half a second.

pip needs four seconds to be set up in a new environment and three to read the six thousand links
of uv's page. Whatever is fetched here has one of the hashes of the lock, or is thrown away.
"""

import hashlib
import os
import platform
import re
import ssl
import subprocess  # nosec B404
import sys
import zipfile
from configparser import Error, RawConfigParser
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import Request, urlopen

LOCK = Path(__file__).resolve().parents[1] / "requirements-uv.txt"
PROGRAM = Path(sys.prefix, "bin", "uv")
PUBLIC = "https://pypi.org/simple"
INDEX_OF_UV = ("UV_DEFAULT_INDEX", "UV_INDEX_URL")
PATIENCE = 15  # seconds without a word from the registry
KINDS = {("linux", "glibc"): "manylinux", ("linux", ""): "musllinux", ("darwin", ""): "macosx"}


class NotFetched(Exception):
    """There is no uv for this machine, or what came is not the one of the lock."""


def version() -> str:
    """The version that the lock names."""
    return re.search(r"^uv==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)[1]  # type: ignore[index]


def runs() -> bool:
    """Whether the uv of the lock is in this environment."""
    try:
        said = subprocess.run(  # nosec B603
            [PROGRAM, "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return said.stdout.split()[:2] == ["uv", version()]


def fetch() -> None:
    """Put uv into this environment; raises NotFetched, OSError or BadZipFile."""
    page = f"{index()}/uv/"
    wheel = _read(urljoin(page, _link(_read(page).decode())))
    hashes = re.findall(r"sha256:(\w+)", LOCK.read_text(encoding="utf-8"))
    if hashlib.sha256(wheel).hexdigest() not in hashes:
        raise NotFetched("it has none of the hashes of the lock")
    with zipfile.ZipFile(BytesIO(wheel)) as archive:
        program = archive.read(f"uv-{version()}.data/scripts/uv")
    part = PROGRAM.with_name("uv.part")
    part.write_bytes(program)
    part.chmod(0o755)
    part.replace(PROGRAM)


def index() -> str:
    """Where packages come from: what uv or pip was told, else the public registry."""
    told = next(filter(None, map(os.environ.get, INDEX_OF_UV)), "") or _pip("index-url")
    return re.sub(r"^[\w-]+=(?=\w+:)", "", told or PUBLIC).rstrip("/")  # uv takes NAME=URL too


def environment() -> dict[str, str]:
    """What uv has to know besides the lock: registry and certificates, as pip was told them."""
    told = {"UV_DEFAULT_INDEX": _pip("index-url"), "SSL_CERT_FILE": _pip("cert")}
    if any(map(os.environ.get, INDEX_OF_UV)):
        del told["UV_DEFAULT_INDEX"]
    return {name: value for name, value in told.items() if value} | os.environ


def _pip(setting: str) -> str:
    """A setting of pip, from its variable or one of its files; empty when nothing is said."""
    said = os.environ.get(f"PIP_{setting.upper().replace('-', '_')}")
    home = Path.home()
    user = Path(os.environ.get("XDG_CONFIG_HOME", home / ".config"), "pip")
    folders = (Path("/etc"), home / ".pip", user, Path(sys.prefix))
    last = os.environ.get("PIP_CONFIG_FILE", os.devnull)
    file = RawConfigParser(strict=False)
    try:
        file.read([*(folder / "pip.conf" for folder in folders), last])
    except (Error, OSError, UnicodeDecodeError):
        return said or ""
    section = "install" if file.has_option("install", setting) else "global"
    return said or str(file.get(section, setting, fallback=""))


def _link(page: str) -> str:
    """The link to the wheel for this machine on uv's page."""
    kind = KINDS.get((sys.platform, platform.libc_ver()[0]))
    mine = re.compile(rf"uv-{re.escape(version())}-[^/]*{kind}[^/]*_{platform.machine()}\.whl")
    for link in map(unescape, re.findall(r'href="([^"]+)"', page)):
        if mine.fullmatch(unquote(urlsplit(link).path).rpartition("/")[2]):
            return link
    raise NotFetched(f"there is none for {sys.platform} on {platform.machine()}")


def _read(address: str) -> bytes:
    if urlsplit(address).scheme not in {"http", "https"}:
        raise NotFetched(f"{address} is no web address")
    certificates = ssl.create_default_context(cafile=environment().get("SSL_CERT_FILE"))
    request = Request(address, headers={"Accept": "text/html, */*", "User-Agent": "ttt-install"})
    with urlopen(request, timeout=PATIENCE, context=certificates) as answer:  # nosec B310
        return bytes(answer.read())
