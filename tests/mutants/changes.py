"""Small mistakes that could be made in a module, as cosmic-ray makes them.

A comparison turned or its bound moved, a number one up or down, `and` for `or`, a condition or a
loop lost. Left out are those that no test needs to notice, as they fail at once or say the same:
other operators in their place, and all in texts, annotations and such as `slots=True`.
"""

import ast
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

PROJECT = Path(__file__).resolve().parents[2]
MIGRATIONS = PROJECT / "ttt" / "store" / "migrations" / "versions"
TURNED = (
    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is"),
    *("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Lt_GtE", "LtE_Gt", "Gt_LtE", "GtE_Lt"),
)
RECKONED = ("Add_Sub", "Sub_Add", "Mul_FloorDiv", "FloorDiv_Mul", "Div_Mul", "Mod_Mul")
OPERATORS = (
    *(f"core/ReplaceComparisonOperator_{turn}" for turn in TURNED),
    *(f"core/ReplaceBinaryOperator_{turn}" for turn in RECKONED),
    *("core/ReplaceAndWithOr", "core/ReplaceOrWithAnd", "core/AddNot"),
    *("core/ReplaceTrueWithFalse", "core/ReplaceFalseWithTrue", "core/NumberReplacer"),
    *("core/ReplaceUnaryOperator_Delete_Not", "core/ZeroIterationForLoop"),
    *("core/ReplaceBreakWithContinue", "core/ReplaceContinueWithBreak"),
)
# Whether it may be changed, has slots, wants names, zip counts, or how much a cache keeps: right
# programs do the same either way.
OF_NO_MATTER = {"strict", "frozen", "slots", "kw_only", "maxsize"}


@dataclass(frozen=True)
class Change:
    """One small change at a line of a module."""

    path: Path
    line: int
    operator: str
    occurrence: int

    @cached_property
    def source(self) -> str:
        """The whole module with the change made."""
        operator = get_operator(self.operator)()
        changed = mutate_code(self.path.read_text(), operator, self.occurrence)
        assert changed is not None, self
        return changed

    @cached_property
    def statement(self) -> range:
        """The lines of the smallest statement around the change; of a block, those of its head."""
        ranges = [_head(node) for node in ast.walk(self._tree) if isinstance(node, ast.stmt)]
        around = [lines for lines in ranges if self.line in lines]
        return min(around, key=len, default=range(self.line, self.line + 1))

    @cached_property
    def in_function(self) -> bool:
        """Whether it lies in a function's body."""
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        found = [node for node in ast.walk(self._tree) if isinstance(node, functions)]
        return any(n.body[0].lineno <= self.line <= (n.end_lineno or 0) for n in found)

    @property
    def _tree(self) -> ast.Module:
        return ast.parse(self.path.read_text())

    @property
    def said(self) -> str:
        """The changed line, as it was and as it is."""
        before, after = self.path.read_text().splitlines(), self.source.splitlines()
        pairs = zip(before, after, strict=False)
        was, becomes = next(pair for pair in pairs if pair[0] != pair[1])
        return f"{was.strip()}  ->  {becomes.strip()}"


def sample(path: Path, count: int, seed: int, every: int = 1) -> list[Change]:
    """Changes of a module, one a place at most, the same for the same seed and text.

    One in `every` places is changed, but three at least and `count` at most.
    """
    luck = random.Random(f"{seed} {path.name}")
    places: defaultdict[tuple[int, int], list[Change]] = defaultdict(list)
    for place, change in _all(path):
        places[place].append(change)
    wanted = min(count, len(places), max(3, -(-len(places) // every)))
    chosen = [luck.choice(places[place]) for place in luck.sample(sorted(places), wanted)]
    return sorted(filter(_is_python, chosen), key=lambda c: c.line)


def _is_python(change: Change) -> bool:
    """Whether it can be run at all: `not` before `x := y` cannot."""
    try:
        compile(change.source, str(change.path), "exec")
    except SyntaxError:
        return False
    return True


def _head(node: ast.stmt) -> range:
    body = getattr(node, "body", None)
    return range(node.lineno, body[0].lineno if body else (node.end_lineno or node.lineno) + 1)


def _all(path: Path) -> Iterator[tuple[tuple[int, int], Change]]:
    tree, told = get_ast(path.read_text()), _left_alone(path)
    for name in OPERATORS:
        operator = get_operator(name)()
        places = (start for n in ast_nodes(tree) for start, _ in operator.mutation_positions(n))
        for occurrence, (line, column) in enumerate(places):
            if not any(first <= (line, column) < last for first, last in told):
                yield (line, column), Change(path, line, name, occurrence)


def _left_alone(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where annotations stand and what only programmers meet, from and to."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    found = [getattr(n, field, None) for n in nodes for field in ("annotation", "returns")]
    found += [n.value for n in nodes if isinstance(n, ast.keyword) and n.arg in OF_NO_MATTER]
    return [
        ((n.lineno, n.col_offset), (n.end_lineno or n.lineno, n.end_col_offset or 0))
        for n in found
        if isinstance(n, ast.expr)
    ]
