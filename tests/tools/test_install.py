"""Real environments, filled from a registry of this machine that is ahead of the lock."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.tools.registry import package, registry
from tools import uv

pytestmark = pytest.mark.slow  # environments of their own

PROJECT = Path(__file__).resolve().parents[2]
# As pytest-cov asks for coverage[toml]: pip up to 23.2 takes an extra's newest release.
LOCKED = [
    package("asking", "1.0", "Requires-Dist: asked[more]>=1"),
    package("asked", "1.0", "Provides-Extra: more", "Requires-Dist: further; extra == 'more'"),
    package("further", "1.0"),
]
NEWER = [
    package("asking", "2.0", "Requires-Dist: asked[more]>=1"),
    package("asked", "1.1", "Provides-Extra: more", "Requires-Dist: further; extra == 'more'"),
    package("further", "1.1"),
]
AS_LOCKED = {"asking": "1.0", "asked": "1.0", "further": "1.0"}


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The interpreter of a new environment without pip, as the Makefile makes it."""
    folder = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return folder / "bin" / "python"


@pytest.fixture
def with_uv(python: Path) -> Path:
    """The same, with the uv that installed this one."""
    if not uv.runs():
        pytest.skip("there is no uv for this machine: pip installed what is here")
    shutil.copy(uv.PROGRAM, python.with_name("uv"))
    return python


@pytest.fixture
def with_pip(python: Path) -> Path:
    """The same, with the pip of this one, as setting its own up takes seconds."""
    [packages] = python.parents[1].glob("lib/*/site-packages")
    own = find_spec("pip")
    assert own
    assert own.origin, "the lock for developing holds pip"
    (packages / "pip").symlink_to(Path(own.origin).parent)
    return python


@pytest.fixture
def ahead() -> Iterator[str]:
    """A registry that has newer releases of everything."""
    with registry(*LOCKED, *NEWER) as address:
        yield address


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "lock.txt"
    lines = (f"{w.file.split('-')[0]}==1.0 --hash={w.hash}\n" for w in LOCKED)
    path.write_text("".join(lines))
    return path


def install(python: Path, lock: Path, index: str, **more: str) -> subprocess.CompletedProcess[str]:
    passed_on = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    own = {"HOME": str(lock.parent), "UV_DEFAULT_INDEX": index, "PIP_INDEX_URL": index, **more}
    return subprocess.run(
        [python, "-m", "tools.install", lock],
        cwd=PROJECT,
        env=passed_on | own | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def versions(python: Path) -> dict[str, str]:
    program = (
        "import json; from importlib.metadata import distributions as all\n"
        "print(json.dumps({d.name: d.version for d in all()}))"
    )
    said = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True)
    found = json.loads(said.stdout)
    return {name: found[name] for name in found if name not in {"pip", "setuptools"}}


def test_uv_installs_the_lock_and_nothing_newer(with_uv: Path, lock: Path, ahead: str) -> None:
    ran = install(with_uv, lock, ahead)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert versions(with_uv) == AS_LOCKED


def test_uv_takes_away_what_the_lock_no_longer_names(with_uv: Path, lock: Path, ahead: str) -> None:
    assert install(with_uv, lock, ahead).returncode == 0
    lock.write_text("".join(lock.read_text().splitlines(keepends=True)[1:]))
    assert install(with_uv, lock, ahead).returncode == 0
    assert versions(with_uv) == {"asked": "1.0", "further": "1.0"}


def test_pip_takes_away_what_the_lock_no_longer_names(
    with_uv: Path, with_pip: Path, lock: Path, ahead: str
) -> None:
    assert install(with_uv, lock, ahead).returncode == 0
    lock.write_text("".join(lock.read_text().splitlines(keepends=True)[2:]))
    with_uv.with_name("uv").write_text(f"#!/bin/sh\n[ $1 = --version ] && echo uv {uv.version()}\n")
    ran = install(with_uv, lock, ahead)
    assert ran.returncode == 0, ran.stderr
    assert "pip does" in ran.stdout
    assert versions(with_uv) == {"further": "1.0"}


def test_a_lock_that_lacks_a_package_is_not_taken(
    with_uv: Path, with_pip: Path, lock: Path, ahead: str
) -> None:
    lock.write_text(lock.read_text().splitlines(keepends=True)[0])
    ran = install(with_uv, lock, ahead)
    assert ran.returncode == 1
    assert "asking 1.0 requires asked" in ran.stdout
    assert versions(with_uv) == {"asking": "1.0"}


def test_pip_installs_the_lock_and_nothing_newer_where_there_is_no_uv(
    python: Path, lock: Path, ahead: str
) -> None:
    ran = install(python, lock, ahead)
    assert ran.returncode == 0, ran.stderr
    assert "pip does" in ran.stdout
    assert versions(python) == AS_LOCKED


def test_pip_installs_where_uv_fails(with_uv: Path, with_pip: Path, lock: Path, ahead: str) -> None:
    nowhere = "http://127.0.0.1:9/simple"
    ran = install(with_uv, lock, ahead, UV_DEFAULT_INDEX=nowhere, UV_HTTP_RETRIES="0")
    assert ran.returncode == 0, ran.stderr
    assert "pip does" in ran.stdout
    assert versions(with_uv) == AS_LOCKED


def test_a_package_with_a_foreign_hash_is_not_installed(
    with_uv: Path, with_pip: Path, lock: Path
) -> None:
    forged = [package("asking", "1.0"), *LOCKED[1:]]
    with registry(*forged) as address:
        ran = install(with_uv, lock, address)
    assert ran.returncode == 1
    assert versions(with_uv) == {}
