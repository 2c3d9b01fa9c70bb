"""Each lock is closed: what a pin requires on any machine is met by a pin of the same file.

What a pin requires is read from the installed packages. Those for other platforms or Pythons
(colorama for Windows, say) are not installed here, so their own requirements are not known here,
and a pin of them that moves is noticed only where another file or a requirement names its version.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from itertools import product
from pathlib import Path

import pytest
from packaging.markers import Environment, Marker, default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
PIN = re.compile(r"^([\w.-]+)==([\w.+!]+)(?: ; ([^\\\n]+?))?(?: \\)?$", re.MULTILINE)
MAKEFILE = (PROJECT / "Makefile").read_text()
MINORS = sorted({int(minor) for minor in re.findall(r"python3\.(\d+)", MAKEFILE)})
# Some markers ask for the patch: what Python's third one brought, or what its first lacked.
PYTHONS = [f"3.{minor}.{patch}" for minor, patch in product(MINORS, (0, 9))]
MACHINES = {
    ("linux", "Linux", "posix"): ("x86_64", "aarch64"),
    ("darwin", "Darwin", "posix"): ("x86_64", "arm64"),
    ("win32", "Windows", "nt"): ("AMD64", "ARM64"),
}


@dataclass(frozen=True)
class Pin:
    """A line of a lock."""

    name: str
    version: str
    marker: str


@dataclass(frozen=True)
class Need:
    """What somebody requires on a machine."""

    name: str
    versions: str
    machine: int
    by: str = field(compare=False)

    def met_by(self, pin: Pin) -> bool:
        return _holds(pin.marker, self.machine) and _within(pin.version, self.versions)


def environments() -> Iterator[Environment]:
    for python, (names, machines) in product(PYTHONS, MACHINES.items()):
        for machine in machines:
            environment = default_environment()
            environment.update(
                python_full_version=python,
                python_version=python.rpartition(".")[0],
                implementation_version=python,
                implementation_name="cpython",
                platform_python_implementation="CPython",
                platform_machine=machine,
                sys_platform=names[0],
                platform_system=names[1],
                os_name=names[2],
            )
            yield environment


ENVIRONMENTS = list(environments())


@cache
def _holds(marker: str, machine: int) -> bool:
    return not marker or Marker(marker).evaluate(ENVIRONMENTS[machine])


@cache
def _within(version: str, versions: str) -> bool:
    return SpecifierSet(versions).contains(version, prereleases=True)


@cache
def text_of(lock: str) -> str:
    return (PROJECT / lock).read_text()


def pins(text: str) -> dict[str, Pin]:
    return {canonicalize_name(name): Pin(name, *rest) for name, *rest in PIN.findall(text)}


def asked_for(lock: str) -> list[Requirement]:
    """The lines of the .in file; where it takes in another lock, that one's pins as well."""
    lines = [line.partition("#")[0].strip() for line in text_of(f"{lock[:-4]}.in").splitlines()]
    taken = [
        pin for line in lines if line.startswith("-r ") for pin in pins(text_of(line[3:])).values()
    ]
    own = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return own + [
        Requirement(f"{p.name}=={p.version}" + f" ; {p.marker}" * bool(p.marker)) for p in taken
    ]


@cache
def required_by(name: str) -> list[Requirement]:
    """What an installed package requires; nothing is known of one that is not installed."""
    try:
        return [Requirement(line) for line in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        return []


def wanted(
    requirements: list[Requirement], extras: frozenset[str], environment: Environment
) -> Iterator[Requirement]:
    """Those that hold on a machine for a package that is asked for with these extras."""
    for requirement in requirements:
        marker = requirement.marker
        if marker is None or any(
            marker.evaluate({**environment, "extra": e}) for e in {"", *extras}
        ):
            yield requirement


@cache
def needs(lock: str) -> frozenset[Need]:
    """All that has to be there, on each machine, for what was asked for and what that needs."""
    found = set()
    for machine, environment in enumerate(ENVIRONMENTS):
        seen: set[tuple[str, frozenset[str]]] = set()
        todo = [(lock, r) for r in wanted(asked_for(lock), frozenset(), environment)]
        while todo:
            by, requirement = todo.pop()
            name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
            found.add(Need(name, str(requirement.specifier), machine, by))
            if (name, extras) not in seen:
                seen.add((name, extras))
                todo += [(name, r) for r in wanted(required_by(name), extras, environment)]
    return frozenset(found)


def unmet(text: str, lock: str) -> set[str]:
    """What a lock with this text lacks: a pin for a requirement, or one that is as installed."""
    there = pins(text)
    asked = needs_by_name(lock)
    missing = set[str]().union(*(lacking(lock, name, there.get(name)) for name in asked))
    return missing | {
        f"{pin.name} {pin.version} is not installed" for pin in not_as_installed(there)
    }


# Tried with each pin moved in turn, of which all others are what they were.
@cache
def lacking(lock: str, name: str, pin: Pin | None) -> frozenset[str]:
    """What is required under a name, and not met by its pin."""
    return frozenset(
        f"{need.by} requires {need.name}{need.versions}"
        for need in needs_by_name(lock)[name]
        if pin is None or not need.met_by(pin)
    )


@cache
def needs_by_name(lock: str) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = {}
    for need in needs(lock):
        found.setdefault(need.name, []).append(need)
    return found


def not_as_installed(there: dict[str, Pin]) -> Iterator[Pin]:
    """Pins whose requirements were read from another version, so that nothing is proved."""
    for name, pin in there.items():
        version = installed(name)
        if version is not None and _version(version) != _version(pin.version):
            yield pin


_version = cache(Version)


@cache
def installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def elsewhere(lock: str) -> set[str]:
    """Names of the pins that are not installed here."""
    return {name for name in pins(text_of(lock)) if installed(name) is None}


@pytest.fixture(params=LOCKS)
def lock(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_there_are_pythons_and_pins_to_look_at(lock: str) -> None:
    assert MINORS[0] == 11
    lines = [line for line in text_of(lock).splitlines() if line and line[0] not in " #"]
    assert len(pins(text_of(lock))) == len(lines) > 0


def test_every_requirement_is_met_by_a_pin_of_the_same_lock(lock: str) -> None:
    assert unmet(text_of(lock), lock) == set()


def test_every_pin_is_required(lock: str) -> None:
    assert set(pins(text_of(lock))) - {need.name for need in needs(lock)} == set()


def test_every_pin_for_this_machine_is_installed_and_so_was_read() -> None:
    locked = pins(text_of("requirements-dev.txt"))
    unread = [locked[name].marker for name in elsewhere("requirements-dev.txt")]
    assert [marker for marker in unread if not marker or Marker(marker).evaluate()] == []


def test_every_pin_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", text_of(lock))
    assert {b.split(" ")[0] for b in blocks if PIN.match(b) and "--hash=sha256:" not in b} == set()


def test_developing_takes_the_pins_of_the_app() -> None:
    app, developing = (pins(text_of(lock)) for lock in ("requirements.txt", "requirements-dev.txt"))
    assert {name: developing.get(name) for name in app} == app


def test_a_lock_from_which_any_one_pin_was_taken_out_is_not_closed(lock: str) -> None:
    text = text_of(lock)
    unnoticed = {
        pin.group(1)
        for pin in PIN.finditer(text)
        if not unmet(text.replace(pin.group(), "#", 1), lock)
    }
    assert unnoticed == set()


def test_a_lock_in_which_any_one_pin_was_moved_is_not_closed(lock: str) -> None:
    text = text_of(lock)
    unnoticed = {
        canonicalize_name(pin.group(1))
        for pin in PIN.finditer(text)
        if not unmet(text.replace(pin.group(), pin.group().replace("==", "==9", 1), 1), lock)
    }
    assert unnoticed - elsewhere(lock) == set()
