import os
import platform
import sys
from pathlib import Path

import pytest

from tests.tools.registry import Wheel, packed, registry
from tools import uv

TAGS = (
    "macosx_10_12_x86_64",
    "macosx_11_0_arm64",
    "manylinux_2_17_aarch64.manylinux2014_aarch64",
    "manylinux_2_17_x86_64.manylinux2014_x86_64",
    "musllinux_1_1_x86_64",
    "win_amd64",
)


def built(tag: str, version: str = "1.2.3") -> Wheel:
    """A wheel of uv whose program says its version, and then for which machine it was made."""
    script = f"#!/bin/sh\necho uv {version} {tag}\n"
    files = {f"uv-{version}.data/scripts/uv": script, f"uv-{version}.data/scripts/uvx": ""}
    return packed(f"uv-{version}-py3-none-{tag}.whl", files)


ALL = [built(tag, version) for version in ("1.2.2", "1.2.3", "1.2.4") for tag in TAGS]


@pytest.fixture(autouse=True)
def told_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment, a home and a lock of the test's own."""
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_", "SSL_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setattr(uv, "PROGRAM", tmp_path / "uv")
    monkeypatch.setattr(uv, "LOCK", tmp_path / "lock.txt")
    locked(ALL)


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, "linux", "glibc", "x86_64")


def locked(wheels: list[Wheel]) -> None:
    lines = ["# a lock", "uv==1.2.3 \\", *(f"    --hash={wheel.hash} \\" for wheel in wheels)]
    uv.LOCK.write_text("\n".join([*lines, "    # via -r requirements-uv.in", ""]))


def be(monkeypatch: pytest.MonkeyPatch, system: str, libc: str, machine: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "libc_ver", lambda: (libc, ""))
    monkeypatch.setattr(platform, "machine", lambda: machine)


@pytest.mark.parametrize(
    ("system", "libc", "machine", "tag"),
    [
        ("linux", "glibc", "x86_64", TAGS[3]),
        ("linux", "glibc", "aarch64", TAGS[2]),
        ("linux", "", "x86_64", TAGS[4]),
        ("darwin", "", "arm64", TAGS[1]),
        ("darwin", "", "x86_64", TAGS[0]),
    ],
)
def test_the_wheel_of_the_lock_for_this_machine_is_fetched(
    monkeypatch: pytest.MonkeyPatch, system: str, libc: str, machine: str, tag: str
) -> None:
    be(monkeypatch, system, libc, machine)
    with registry(*ALL) as address:
        monkeypatch.setenv("UV_DEFAULT_INDEX", address)
        uv.fetch()
    assert uv.PROGRAM.read_text() == f"#!/bin/sh\necho uv 1.2.3 {tag}\n"
    assert not uv.PROGRAM.with_name("uv.part").exists()


def test_what_was_fetched_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not uv.runs()
    with registry(*ALL) as address:
        monkeypatch.setenv("UV_DEFAULT_INDEX", address)
        uv.fetch()
    assert uv.runs()


def test_another_version_does_not_count() -> None:
    uv.PROGRAM.write_text("#!/bin/sh\necho uv 1.2.30\n")
    uv.PROGRAM.chmod(0o755)
    assert not uv.runs()


def test_a_wheel_with_a_foreign_hash_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    locked([wheel for wheel in ALL if TAGS[3] not in wheel.file])
    with registry(*ALL) as address:
        monkeypatch.setenv("UV_DEFAULT_INDEX", address)
        with pytest.raises(uv.NotFetched, match="hashes"):
            uv.fetch()
    assert not uv.PROGRAM.exists()


@pytest.mark.parametrize(
    ("system", "libc", "machine"),
    [("linux", "glibc", "riscv64"), ("linux", "", "aarch64"), ("freebsd14", "", "x86_64")],
)
def test_a_machine_without_a_wheel_is_told_so(
    monkeypatch: pytest.MonkeyPatch, system: str, libc: str, machine: str
) -> None:
    be(monkeypatch, system, libc, machine)
    with registry(*ALL) as address:
        monkeypatch.setenv("UV_DEFAULT_INDEX", address)
        with pytest.raises(uv.NotFetched, match=machine):
            uv.fetch()


def test_a_link_to_no_web_address_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "file:///etc")
    with pytest.raises(uv.NotFetched, match="no web address"):
        uv.fetch()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("UV_DEFAULT_INDEX", "https://mirror.example/simple"),
        ("UV_DEFAULT_INDEX", "ours=https://mirror.example/simple/"),
        ("UV_INDEX_URL", "https://mirror.example/simple"),
        ("PIP_INDEX_URL", "https://mirror.example/simple/"),
    ],
)
def test_the_registry_is_the_one_that_was_set(
    monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setenv(name, said)
    assert uv.index() == "https://mirror.example/simple"


@pytest.mark.parametrize("section", ["global", "install"])
@pytest.mark.parametrize("file", ["pip.conf", ".config/pip/pip.conf", ".pip/pip.conf"])
def test_uv_goes_by_what_pips_files_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: str, section: str
) -> None:
    written = tmp_path / file
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_text(f"[{section}]\nindex-url = https://mirror.example/simple\ncert = /our.pem\n")
    assert uv.index() == "https://mirror.example/simple"
    environment = uv.environment()
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert environment["SSL_CERT_FILE"] == "/our.pem"


def test_what_uv_was_told_itself_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://pips.example/simple")
    monkeypatch.setenv("PIP_CERT", "/pips.pem")
    monkeypatch.setenv("UV_INDEX_URL", "https://uvs.example/simple")
    monkeypatch.setenv("SSL_CERT_FILE", "/uvs.pem")
    assert uv.index() == "https://uvs.example/simple"
    environment = uv.environment()
    assert "UV_DEFAULT_INDEX" not in environment
    assert environment["SSL_CERT_FILE"] == "/uvs.pem"


def test_a_file_of_pip_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("index-url: no section\n")
    assert uv.index() == uv.PUBLIC
