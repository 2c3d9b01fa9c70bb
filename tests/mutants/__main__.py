"""python -m tests.mutants MODULE...: which small mistakes in modules or folders tests notice."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.changes import MIGRATIONS, PROJECT, sample
from tests.mutants.trying import PROMISES, Bench


def main() -> None:
    """Make changes, one at a time; print what was noticed, and each that was not."""
    asked = _parser().parse_args()
    modules = [path for one in asked.module for path in _modules(one.resolve())]
    with tempfile.TemporaryDirectory(prefix="ttt-mutants-") as temporary:
        place = (asked.keep or Path(temporary)).resolve()
        place.mkdir(parents=True, exist_ok=True)
        tests = [path.resolve() for path in asked.tests or ()]
        tests = tests or sorted({test for path in modules for test in where_tested(path)})
        tests = [*tests, *PROJECT.glob(f"{PROMISES}*.py")]
        code = Bench(place, lambda bench: _try(bench, modules, asked)).collect(tests)
    sys.exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("module", type=Path, nargs="+", help="modules or folders of ttt")
    parser.add_argument("--changes", type=int, default=20, help="a module at most (20)")
    parser.add_argument("--every", type=int, default=1, help="one in so many places (1)")
    parser.add_argument("--seed", type=int, default=1, help="another one chooses other changes")
    parser.add_argument("--minutes", type=float, default=20, help="then no change is begun (20)")
    parser.add_argument(
        "--tests", type=Path, nargs="+", help="instead of those that belong to them"
    )
    parser.add_argument("--keep", type=Path, help="a folder that keeps what tests come by")
    parser.add_argument("--by", action="store_true", help="say also which test noticed what")
    return parser


def _try(bench: Bench, modules: list[Path], asked: argparse.Namespace) -> None:
    ends = time.monotonic() + asked.minutes * 60
    counted: Counter[bool] = Counter()
    for path in modules:
        results = list(_results(bench, path, asked, ends))
        counted.update(results)
        if results:
            _say(f"{path.relative_to(PROJECT)}: {sum(results)} of {len(results)}")
    _say(f"{counted[True]} of {counted.total()} changes were noticed (seed {asked.seed}).")
    if time.monotonic() > ends:
        _say(f"Ended after {asked.minutes:g} minutes: --minutes gives it more.")


def _results(bench: Bench, path: Path, asked: argparse.Namespace, ends: float) -> Iterator[bool]:
    """Whether each change of a module was noticed."""
    for change in sample(path, asked.changes, asked.seed, asked.every):
        if time.monotonic() > ends:
            return
        where = f"{path.relative_to(PROJECT)}:{change.line}  {change.said}"
        by = bench.notices(change, (*where_tested(path), *wing_of(path)))
        if not by:
            _say(f"  not noticed  {where}")
        elif asked.by:
            _say(f"  noticed  {where}  by {by}")
        yield bool(by)


def _modules(asked: Path) -> list[Path]:
    if not asked.is_relative_to(PROJECT / "ttt") or not asked.exists():
        sys.exit(f"{asked} is no module and no folder of ttt.")
    found = sorted(asked.rglob("*.py")) if asked.is_dir() else [asked]
    if asked.is_relative_to(MIGRATIONS):
        return found
    return [path for path in found if not path.is_relative_to(MIGRATIONS)]


def where_tested(module: Path) -> tuple[Path, ...]:
    """Where the tests of a module lie: in its wing, or in the nearest folder above.

    What a wing of the store does for people is seen in the services' wing of the same name, and
    what a module does may be seen in a file of its name on another floor.
    """
    if module.is_relative_to(MIGRATIONS):
        return (PROJECT / "tests" / "store" / "test_migrate.py",)
    floor, *wing = module.relative_to(PROJECT / "ttt").with_suffix("").parts
    if not wing:
        return (PROJECT / "tests" / f"test_{module.name}",)
    floors = ("store", "services") if floor == "store" else (floor,)
    if len(wing) > 1:
        above = [PROJECT / "tests" / one for one in floors]
        inside = [_nearest(one, wing[:-1]) for one in above if (one / wing[0]).exists()]
        inside += [one / f"test_{wing[0]}.py" for one in above]
        name = f"test_{module.stem}.py"
        named = [*(PROJECT / "tests").glob(f"[!bj]*/{name}")]
        named += (PROJECT / "tests" / "web").glob(f"*/{name}")
    else:
        inside, named = [PROJECT / "tests" / floor / f"test_{wing[0]}.py"], []
    found = [path for path in (*inside, *sorted(named)) if path.exists()]
    return tuple(found) or (PROJECT / "tests" / floor,)


def wing_of(module: Path) -> tuple[Path, ...]:
    """The folders of tests of a module's wing: what is cheap in them is asked before what is not.

    A measure is often tested beside others of its kind, a folder above its own.
    """
    floor, *wing = module.relative_to(PROJECT / "ttt").parts
    folder = PROJECT / "tests" / floor / wing[0] if wing else PROJECT
    return (folder,) if folder.is_dir() and folder != PROJECT else ()


def _nearest(folder: Path, parts: list[str]) -> Path:
    """The folder of tests that lies where a module's own folder does, or as near as there is."""
    inside = folder / parts[0] if parts else folder
    return _nearest(inside, parts[1:]) if parts and inside.exists() else folder


def _say(line: str) -> None:
    sys.__stdout__.write(line + "\n")
    sys.__stdout__.flush()


if __name__ == "__main__":
    main()
