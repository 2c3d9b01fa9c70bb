"""Two processes behind the proxies of docs/deployment.md with TLS, as written but for ports."""

import os
import re
import secrets
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.server import Server
from tests.browser.test_proxies import PUBLIC, Proxy, signed_in, started, wait
from tests.operations import fleet
from tests.operations.test_deploy import certificate, documented
from tests.surroundings.databases import Postgres, postgres
from tests.surroundings.loopback import free_port
from ttt.services.context import Context, open_context
from ttt.settings import load

__all__ = ["certificate", "postgres"]

# pragma: allowlist nextline secret
SECRET = secrets.token_hex(16)
Written = Callable[[Path, list[int], int, int], list[str]]


class OnPostgresql(Server):
    """A server that shares its database and key with others."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(
            folder,
            TTT_DATABASE_URL=url,
            TTT_SECRET_KEY=SECRET,
            TTT_PUBLIC_URL=PUBLIC,
            TTT_TRUSTED_PROXIES="1",
            TTT_JOBS="off",
        )
        self._url = url

    def stop(self) -> None:
        """End it, unless it was killed."""
        with suppress(ProcessLookupError):
            super().stop()

    def services(self) -> Context:
        given = {"data_dir": self.settings.data_dir, "database_url": self._url}
        return open_context(load(**given, secret_key=SECRET, public_url=PUBLIC))


@dataclass(frozen=True)
class Several(Proxy):
    """Two servers behind a proxy."""

    others: tuple[Server, ...]

    def serving(self) -> list[Server]:
        """Which of them answered for the page."""
        return [server for server in self.others if "/trending" in server.console]


def nginx(folder: Path, apps: list[int], plain: int, tls: int) -> list[str]:
    one, several, lines = fleet.documented()
    for documented_port, port in zip(("8501", "8502"), apps, strict=True):
        several = several.replace(f"127.0.0.1:{documented_port}", f"127.0.0.1:{port}")
    site = several + one.replace("        proxy_pass http://127.0.0.1:8501;\n", lines)
    site = (
        site.replace("/etc/letsencrypt/live/music.example.org", str(folder))
        .replace("/var/log/nginx", str(folder))
        .replace("listen 80", f"listen 127.0.0.1:{plain}")
        .replace("listen 443", f"listen 127.0.0.1:{tls}")
    )
    user = "user root;" if os.getuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(fleet._MAIN.replace("user root;", user).format(folder=folder, site=site))
    return ["nginx", "-e", str(folder / "errors"), "-c", str(file)]


def caddy(folder: Path, apps: list[int], plain: int, tls: int) -> list[str]:
    one, proxied = documented("caddyfile")
    text = re.sub(r"\treverse_proxy .*\n", proxied, one)
    for documented_port, port in zip(("8501", "8502"), apps, strict=True):
        text = text.replace(f"127.0.0.1:{documented_port}", f"127.0.0.1:{port}")
    ports = f"admin off\nlocal_certs\nskip_install_trust\nhttp_port {plain}\nhttps_port {tls}"
    file = folder / "Caddyfile"
    file.write_text(f"{{\n{ports}\n}}\n{text}")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]


@pytest.fixture(params=[nginx, caddy], ids=lambda make: make.__name__)
def several(
    request: pytest.FixtureRequest,
    certificate: Path,
    postgres: Postgres,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Several]:
    make: Written = request.param
    if shutil.which(make.__name__) is None:
        pytest.skip(f"no {make.__name__} here")
    with ExitStack() as stack:
        url = stack.enter_context(postgres.database())
        servers = [
            stack.enter_context(OnPostgresql(tmp_path_factory.mktemp("process"), url))
            for _ in range(2)
        ]
        made = Several(servers[0], free_port(), free_port(), tuple(servers))
        ports = [server.settings.port for server in servers]
        command = make(certificate, ports, made.plain, made.tls)
        stack.enter_context(started(command, certificate))
        wait(made, certificate)
        yield made


def test_a_browser_keeps_to_a_process_and_goes_to_the_other_when_that_dies(
    playwright: Playwright, several: Several
) -> None:
    with signed_in(playwright, several, []) as page:
        heading = page.get_by_role("heading", name="Trending", exact=True)
        for _ in range(3):
            page.goto("/trending")
            expect(heading).to_be_visible()
        (at,) = several.serving()
        os.kill(at.pid, signal.SIGKILL)

        page.goto("/trending")
        expect(heading).to_be_visible()
        assert len(several.serving()) == 2
