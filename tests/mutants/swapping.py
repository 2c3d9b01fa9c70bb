"""Puts a change into the functions of a module that is imported already."""

import gc
from collections import defaultdict
from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType

Key = tuple[str, int]  # of a function: its qualified name, its first line


class Functions:
    """All functions of a package as they lie in memory, whoever holds them."""

    def __init__(self, package: Path) -> None:
        gc.unfreeze()  # what is frozen is not told
        self._found: defaultdict[str, defaultdict[Key, list[FunctionType]]]
        self._found = defaultdict(lambda: defaultdict(list))
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(package)):
                self._found[one.__code__.co_filename][_key(one.__code__)].append(one)
        gc.freeze()

    def changed(self, path: Path, source: str) -> dict[Key, CodeType] | None:
        """New code by function; None where something beside functions is another one."""
        before = compile(path.read_text(), str(path), "exec")
        return _differing(before, compile(source, str(path), "exec"), set(self._found[str(path)]))

    def put(self, codes: dict[Key, CodeType]) -> None:
        """Let the functions run their new code from now on."""
        for key, code in codes.items():
            for function in self._found[code.co_filename][key]:
                function.__code__ = code


def _differing(old: CodeType, new: CodeType, known: set[Key]) -> dict[Key, CodeType] | None:
    """The outermost known functions in which something differs."""
    if old.co_flags & CO_OPTIMIZED and _key(old) in known and old.co_freevars == new.co_freevars:
        return {_key(old): new} if old != new else {}
    if _own(old) != _own(new):
        return None
    codes: dict[Key, CodeType] = {}
    for one, other in zip(_inside(old), _inside(new), strict=True):
        found = _differing(one, other, known)
        if found is None:
            return None
        codes |= found
    return codes


def _own(code: CodeType) -> tuple[object, ...]:
    """What a code does by itself, without those in it."""
    consts = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, consts, len(list(_inside(code)))


def _inside(code: CodeType) -> Iterator[CodeType]:
    return (one for one in code.co_consts if isinstance(one, CodeType))


def _key(code: CodeType) -> Key:
    return code.co_qualname, code.co_firstlineno
