"""What is shipped for running the app elsewhere names what exists, and holds what it promises."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.surroundings import environment
from ttt.services.server.watching.numbers import Numbers
from ttt.settings import PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = [PROJECT / "compose.yaml", PROJECT / "compose.small.yaml"]
_GATHERING = PROJECT / "ttt" / "services" / "server" / "watching" / "gathering.py"
GATHERED = set(re.findall(r'"(ttt_\w+)"', _GATHERING.read_text()))
_SUFFIXES = re.compile(r"_(total|bucket|count|sum)$")


def composed(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text())
    return found


def ours(file: Path) -> list[dict[str, Any]]:
    """Services that run the app's image."""
    services = composed(file)["services"].values()
    return [service for service in services if "top-track-tracker" in service["image"]]


@pytest.mark.parametrize("file", COMPOSE, ids=lambda f: f.name)
def test_every_setting_of_the_compose_files_exists(file: Path) -> None:
    named = {name for service in ours(file) for name in service["environment"]}
    assert named
    assert named <= set(environment.names())


@pytest.mark.parametrize("file", COMPOSE, ids=lambda f: f.name)
def test_the_app_runs_as_nobody_on_a_read_only_root(file: Path) -> None:
    for service in ours(file):
        assert service["user"] == "10001:10001"
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["ulimits"]["nofile"]["soft"] >= 65_536
        assert [volume.partition(":")[2] for volume in service["volumes"]] == ["/data"]


def test_everything_that_the_environment_file_fills_in_is_asked_for() -> None:
    text = (PROJECT / "compose.yaml").read_text()
    asked = set(re.findall(r"\$\{(\w+)", text))
    given = set(re.findall(r"^(\w+)=", (DEPLOY / "compose.env").read_text(), re.MULTILINE))
    assert given <= asked
    assert set(re.findall(r"\$\{(\w+):\?", text)) <= given


def test_the_image_copies_what_exists_and_runs_as_nobody() -> None:
    text = (PROJECT / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (PROJECT / source).exists(), source
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert "HEALTHCHECK" in text


# What the Compose specification lets a service say, as far as these files say any of it.
_WORD = re.compile(r"[a-z0-9][a-z0-9._-]*")
_PORT = re.compile(r"(\d+\.\d+\.\d+\.\d+:)?\d+:\d+(/(tcp|udp))?")
_TIME = re.compile(r"(\d+(us|ms|s|m|h))+")
_CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _named_texts(value: Any) -> bool:
    # Numbers and booleans would be read as something else by one engine or another.
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _healthcheck(value: Any) -> bool:
    times = {value[name] for name in ("interval", "timeout") if name in value}
    test = value.get("test", ["CMD", "x"])
    return (
        set(value) <= {"test", "interval", "timeout", "retries", "disable"}
        and all(_TIME.fullmatch(time) for time in times)
        and _texts(test)
        and test[0] in {"CMD", "CMD-SHELL", "NONE"}
        and type(value.get("retries", 1)) is int
        and type(value.get("disable", True)) is bool
    )


def _limits(value: Any) -> bool:
    return all(
        set(limit) == {"soft", "hard"} and all(type(number) is int for number in limit.values())
        for limit in value.values()
    )


SERVICE: dict[str, Callable[[Any], bool]] = {
    "image": lambda value: isinstance(value, str) and bool(value),
    "restart": lambda value: value in {"no", "always", "on-failure", "unless-stopped"},
    "init": lambda value: type(value) is bool,
    "read_only": lambda value: type(value) is bool,
    "user": lambda value: isinstance(value, str),
    "command": _texts,
    "tmpfs": _texts,
    "volumes": lambda value: _texts(value) and all(":" in one for one in value),
    "ports": lambda value: _texts(value) and all(_PORT.fullmatch(one) for one in value),
    "cap_drop": _texts,
    "cap_add": _texts,
    "security_opt": _texts,
    "ulimits": _limits,
    "stop_grace_period": lambda value: bool(_TIME.fullmatch(value)),
    "shm_size": lambda value: bool(re.fullmatch(r"\d+[bkmg]", value)),
    "environment": _named_texts,
    "healthcheck": _healthcheck,
    "networks": _texts,
    "depends_on": lambda value: all(
        set(how) == {"condition"} and how["condition"] in _CONDITIONS for how in value.values()
    ),
}


@pytest.mark.parametrize("file", COMPOSE, ids=lambda f: f.name)
def test_the_compose_files_say_only_what_the_specification_knows(file: Path) -> None:
    whole = composed(file)
    said = {name for name in whole if not name.startswith("x-")}
    assert said <= {"name", "services", "volumes", "networks"}
    assert _WORD.fullmatch(whole["name"])
    for name, service in whole["services"].items():
        assert _WORD.fullmatch(name)
        wrong = {key for key, value in service.items() if not SERVICE[key](value)}
        assert wrong == set(), name
        assert set(service.get("depends_on", {})) <= set(whole["services"])
        assert set(service.get("networks", [])) <= set(whole.get("networks", {}))
        named = {one.partition(":")[0] for one in service.get("volumes", [])}
        assert {one for one in named if one[0] not in "./"} <= set(whole["volumes"])
    assert all(
        network in ({}, {"internal": True}) for network in whole.get("networks", {}).values()
    )


def known() -> set[str]:
    counted = {family.name for family in Numbers().registry.collect()}
    return counted | GATHERED


def named(expression: str) -> set[str]:
    found = set(re.findall(r"\b(?:ttt|process)_\w+", expression))
    return {name if name in known() else _SUFFIXES.sub("", name) for name in found}


def test_every_metric_of_alerts_and_dashboard_exists() -> None:
    alerts = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())
    rules = [rule["expr"] for group in alerts["groups"] for rule in group["rules"]]
    dashboard = json.loads((DEPLOY / "grafana" / "top-track-tracker.json").read_text())
    panels = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    assert rules
    assert panels
    assert set().union(*map(named, [*rules, *panels])) - known() == set()


def test_the_alerts_know_every_number_that_can_run_out() -> None:
    text = (DEPLOY / "alerts.yaml").read_text()
    for name in ("ttt_problem", "ttt_tabs_allowed", "process_max_fds", "ttt_recorder_lag_seconds"):
        assert name in text


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_the_units_are_understood_and_shut_off_the_machine(unit: Path, tmp_path: Path) -> None:
    copy = tmp_path / unit.name.replace("@", "@8501")
    program = "/opt/top-track-tracker/.venv/bin/python"
    copy.write_text(unit.read_text().replace(program, sys.executable))
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    about_us = [line for line in told.stderr.splitlines() if unit.stem.rstrip("@") in line]
    assert about_us == []
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=20", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout[-300:]


def test_every_unit_comes_back_and_says_when_it_is_ready() -> None:
    assert len(UNITS) == 3
    for unit in UNITS:
        lines = set(unit.read_text().splitlines())
        assert {"Type=notify", "Restart=always", "LimitNOFILE=65536", "WatchdogSec=60"} <= lines


def test_every_example_bounds_what_one_stranger_can_hold() -> None:
    (nginx, _) = documented("nginx")
    for bound in ("limit_conn ", "limit_conn_zone", "limit_req ", "client_header_timeout"):
        assert bound in nginx
    for file in COMPOSE:
        assert all(service["ulimits"]["nofile"]["soft"] >= 65536 for service in ours(file))


def test_copies_that_the_documents_write_are_for_their_owner_only() -> None:
    for name in ("deployment.md", "operations.md"):
        for line in (PROJECT / "docs" / name).read_text().splitlines():
            if "pg_dump" in line and " > " in line:
                assert "umask 077" in line


def documented(language: str) -> list[str]:
    """The examples in a language that docs/deployment.md has."""
    text = (PROJECT / "docs" / "deployment.md").read_text()
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A folder with a certificate for music.example.org, as certbot leaves one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "music.example.org")])
    until = datetime(2100, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, until.replace(year=2000), until)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
    (tmp_path / "fullchain.pem").write_bytes(made)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "privkey.pem").write_bytes(private)
    return tmp_path


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here")
@pytest.mark.parametrize("several", [False, True])
def test_nginx_takes_the_example_for_one_process_and_for_several(
    certificate: Path, several: bool
) -> None:
    one, many = documented("nginx")
    if several:
        text = (PROJECT / "docs" / "deployment.md").read_text()
        (lines,) = re.findall(r" +proxy_pass http://top_track_tracker;\n +add_header.*\n", text)
        one = many + one.replace("        proxy_pass http://127.0.0.1:8501;\n", lines)
    site = one.replace("/etc/letsencrypt/live/music.example.org", str(certificate))
    site = site.replace("/var/log/nginx", str(certificate))
    places = "".join(
        f"{name}_temp_path {certificate}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = certificate / "nginx.conf"
    file.write_text(f"pid {certificate}/pid; events {{}} http {{ {places}\n{site} }}")
    told = subprocess.run(
        ["nginx", "-t", "-e", str(certificate / "errors"), "-c", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "[warn]" not in told.stderr.replace('the "user" directive', "")


@pytest.mark.skipif(shutil.which("caddy") is None, reason="no Caddy here")
def test_caddy_takes_the_examples_and_the_file_of_the_compose_file(tmp_path: Path) -> None:
    one, proxied = documented("caddyfile")
    several = re.sub(r"\treverse_proxy .*\n", proxied, one)
    shipped = (DEPLOY / "Caddyfile").read_text()
    # Newer than the Caddy of some distributions.
    shipped = re.sub(r"\t\tstream_close_delay .*\n", "", shipped)
    for number, text in enumerate((one, several, shipped)):
        file = tmp_path / f"Caddyfile{number}"
        file.write_text(text)
        told = subprocess.run(
            ["caddy", "adapt", "--adapter", "caddyfile", "--config", str(file)],
            capture_output=True,
            text=True,
            check=False,
            env={
                "HOME": str(tmp_path),
                "PATH": os.environ["PATH"],
                "TTT_PUBLIC_URL": "https://music.example.org",
                "TTT_APP": "app:8501",
            },
        )
        assert told.returncode == 0, told.stderr
        assert "reverse_proxy" in told.stdout
