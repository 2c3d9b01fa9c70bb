"""The proxies of docs/deployment.md, as written but for ports and certificates, before the app."""

import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser import quiet
from tests.browser.chromium import FLAGS, executable
from tests.browser.conftest import PATIENCE, watch
from tests.browser.people import People
from tests.browser.server import Server
from tests.browser.visiting import sign_in
from tests.operations import fleet
from tests.operations.test_deploy import certificate, documented
from tests.surroundings.loopback import free_port

__all__ = ["certificate"]

PUBLIC = "https://music.example.org"
# As the proxy's own certificate is nobody's whom a client knows.
TRUSTING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TRUSTING.check_hostname, TRUSTING.verify_mode = False, ssl.CERT_NONE


@dataclass(frozen=True)
class Proxy:
    """A proxy before a server, by its ports of this machine."""

    server: Server
    plain: int
    tls: int

    def ask(self, path: str, *, tls: bool = True, **headers: str) -> httpx.Response:
        """What it answers to whoever means the public address."""
        base = f"https://127.0.0.1:{self.tls}" if tls else f"http://127.0.0.1:{self.plain}"
        with httpx.Client(base_url=base, verify=TRUSTING, trust_env=False, timeout=60) as client:
            named = {"host": "music.example.org", **headers}
            return client.get(path, headers=named, extensions={"sni_hostname": "music.example.org"})


def nginx(folder: Path, app: int, plain: int, tls: int) -> list[str]:
    site = (
        documented("nginx")[0]
        .replace("/etc/letsencrypt/live/music.example.org", str(folder))
        .replace("/var/log/nginx", str(folder))
        .replace("listen 80", f"listen 127.0.0.1:{plain}")
        .replace("listen 443", f"listen 127.0.0.1:{tls}")
        .replace("127.0.0.1:8501", f"127.0.0.1:{app}")
    )
    user = "user root;" if os.getuid() == 0 else ""
    written = fleet._MAIN.replace("user root;", user).format(folder=folder, site=site)
    file = folder / "nginx.conf"
    file.write_text(written)
    return ["nginx", "-e", str(folder / "errors"), "-c", str(file)]


def caddy(folder: Path, app: int, plain: int, tls: int) -> list[str]:
    ports = f"admin off\nlocal_certs\nskip_install_trust\nhttp_port {plain}\nhttps_port {tls}"
    text = documented("caddyfile")[0].replace("127.0.0.1:8501", f"127.0.0.1:{app}")
    file = folder / "Caddyfile"
    file.write_text(f"{{\n{ports}\n}}\n{text}")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]


@contextmanager
def started(command: list[str], folder: Path) -> Iterator[None]:
    own = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "proxy.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=own, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(params=[nginx, caddy], ids=lambda make: make.__name__)
def proxy(
    request: pytest.FixtureRequest,
    certificate: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Proxy]:
    make: Callable[[Path, int, int, int], list[str]] = request.param
    if shutil.which(make.__name__) is None:
        pytest.skip(f"no {make.__name__} here")
    folder = tmp_path_factory.mktemp("proxied")
    with Server(folder, TTT_PUBLIC_URL=PUBLIC, TTT_TRUSTED_PROXIES="1") as server:
        made = Proxy(server, free_port(), free_port())
        command = make(certificate, server.settings.port, made.plain, made.tls)
        with started(command, certificate):
            wait(made, certificate)
            yield made


def wait(proxy: Proxy, folder: Path) -> None:
    """Wait until the app answers through the proxy."""
    for _ in range(600):
        try:
            if proxy.ask("/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError((folder / "proxy.log").read_text())


@contextmanager
def signed_in(playwright: Playwright, proxy: Proxy, complaints: list[str]) -> Iterator[Page]:
    """Somebody on Trending, by a browser that finds the public address at the proxy."""
    rules = f"MAP music.example.org:443 127.0.0.1:{proxy.tls}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with (
        People(proxy.server) as people,
        playwright.chromium.launch(
            executable_path=executable(), args=[*FLAGS, f"--host-resolver-rules={rules}"]
        ) as browser,
    ):
        person = people.add()
        context = browser.new_context(base_url=PUBLIC, ignore_https_errors=True)
        context.set_default_timeout(PATIENCE)
        quiet.listen(context)
        watch(context, (PUBLIC, PUBLIC), complaints)
        page = context.new_page()
        page.goto("/trending")
        sign_in(page, person.username)
        expect(page.get_by_role("heading", name="Trending", exact=True)).to_be_visible()
        yield page


def test_people_come_in_by_the_public_address(playwright: Playwright, proxy: Proxy) -> None:
    complaints: list[str] = []
    with signed_in(playwright, proxy, complaints) as page:
        cookies = page.context.cookies()
        (cookie,) = [one for one in cookies if one["name"] == "__Host-ttt_session"]
        assert (cookie["secure"], cookie["httpOnly"]) == (True, True)
    assert complaints == []


def test_what_the_proxy_has_to_do_it_does(proxy: Proxy) -> None:
    plain = proxy.ask("/trending?x=1", tls=False)
    assert plain.is_redirect
    assert plain.headers["location"] == f"{PUBLIC}/trending?x=1"
    for path in ("/metrics", "/_stcore/metrics"):
        assert proxy.ask(path).status_code == httpx.codes.NOT_FOUND
    front = proxy.ask("/")
    assert "strict-transport-security" in front.headers
    (script,) = re.findall(r'src="(\./static/js/index[^"]+\.js)"', front.text)
    code = proxy.ask(script.removeprefix("."), **{"accept-encoding": "gzip"})
    assert code.headers["content-encoding"] == "gzip"
    assert proxy.ask("/healthz").json() == {"status": "ok"}
