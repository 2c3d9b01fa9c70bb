"""What the options of a picker are called; Streamlit tells options apart by nothing else."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from ttt.services.lists.lists import ListInfo

_T = TypeVar("_T")


def apart(labels: Mapping[_T, str]) -> dict[_T, str]:
    """The label of each option, numbered where it would be another's too."""
    names: dict[_T, str] = {}
    taken: set[str] = set()
    alike: Counter[str] = Counter()
    for option, label in labels.items():
        name = label
        while name in taken:
            alike[label] += 1
            name = f"{label} ({alike[label] + 1})"
        names[option] = name
        taken.add(name)
    return names


def of_list(info: ListInfo) -> str:
    """The name of a list, with the owner of one that somebody else shares."""
    return info.name if info.mine else f"{info.owner}: {info.name}"
