"""python -m tests.mutants MODULE: which small mistakes in a module or folder its tests notice."""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.changes import sample
from tests.mutants.trying import PROJECT, Bench


def main() -> None:
    """Make changes, one at a time; print what was noticed, and each that was not."""
    asked = _parser().parse_args()
    ends = time.monotonic() + asked.minutes * 60
    made = noticed = 0
    for module, results in _tried(asked, ends):
        made, noticed = made + len(results), noticed + sum(results.values())
        _say(f"{module}: {sum(results.values())} of {len(results)}")
    _say(f"{noticed} of {made} changes were noticed (seed {asked.seed}).")
    if time.monotonic() > ends:
        _say(f"Ended after {asked.minutes:g} minutes: --minutes gives it more.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("module", type=Path, help="a module or a folder of ttt")
    parser.add_argument("--changes", type=int, default=20, help="a module at most (20)")
    parser.add_argument("--seed", type=int, default=1, help="another one chooses other changes")
    parser.add_argument("--minutes", type=float, default=20, help="then no change is begun (20)")
    parser.add_argument("--tests", type=Path, nargs="+", help="instead of those that belong to it")
    return parser


def _tried(asked: argparse.Namespace, ends: float) -> Iterator[tuple[Path, dict[str, bool]]]:
    """Each module with its changes, and whether they were noticed."""
    given = tuple(path.resolve() for path in asked.tests or ())
    groups: defaultdict[tuple[str, tuple[Path, ...]], list[Path]] = defaultdict(list)
    for path in _modules(asked.module.resolve()):
        floor = path.relative_to(PROJECT / "ttt").parts[0]
        groups[floor, given or where_tested(path)].append(path)
    for (floor, tests), paths in groups.items():
        with tempfile.TemporaryDirectory(prefix="ttt-mutants-") as place:
            bench = Bench(tests, Path(place), floor)
            for path in paths:
                results = _results(bench, path, asked, ends)
                if results:
                    yield path.relative_to(PROJECT), results
                if time.monotonic() > ends:
                    return


def _results(bench: Bench, path: Path, asked: argparse.Namespace, ends: float) -> dict[str, bool]:
    results: dict[str, bool] = {}
    for change in sample(path, asked.changes, asked.seed):
        if time.monotonic() > ends:
            break
        key = f"{path.relative_to(PROJECT)}:{change.line} {change.operator} {change.occurrence}"
        results[key] = bench.notices(change)
        if not results[key]:
            where = f"{path.relative_to(PROJECT)}:{change.line}"
            _say(f"  not noticed  {where}  {change.said}")
    return results


def _modules(asked: Path) -> list[Path]:
    if not asked.is_relative_to(PROJECT / "ttt") or not asked.exists():
        sys.exit(f"{asked} is no module and no folder of ttt.")
    found = sorted(asked.rglob("*.py")) if asked.is_dir() else [asked]
    return [path for path in found if "migrations" not in path.parts]


def where_tested(module: Path) -> tuple[Path, ...]:
    """Where the tests of a module lie: in its wing, or in the nearest folder above.

    What a wing of the store does for people is seen in the services' wing of the same name.
    """
    floor, *wing = module.relative_to(PROJECT / "ttt").with_suffix("").parts
    if not wing:
        return (PROJECT / "tests" / f"test_{module.name}",)
    floors = ("store", "services") if floor == "store" else (floor,)
    inside = [PROJECT / "tests" / one / wing[0] for one in floors if len(wing) > 1]
    named = (PROJECT / "tests" / floor).glob(f"test_{module.stem}.py")
    found = [path for path in (*inside, *named) if path.exists()]
    return tuple(found) or (PROJECT / "tests" / floor,)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
