"""What is no secret: placeholders of examples, and texts that somebody could guess."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

SHORTEST = 32
_LEAST_BITS = 80.0
# As files of examples begin; letters and digits only, without capitals.
_PLACEHOLDER = re.compile(
    "changeme|changethis|secret|mysecret|supersecret|yoursecret|yourkey|password|passphrase"
    "|placeholder|example|default|insecure|djangoinsecure|replaceme|replacethis|tobechanged"
)


def weakness(secret: str) -> str | None:
    """Why a text is not taken as a secret key, to follow its name; None when it is one."""
    if len(secret) < SHORTEST:
        return f"must have at least {SHORTEST} characters"
    if _PLACEHOLDER.match(re.sub(r"[\W_]", "", secret.casefold())):
        return "is a placeholder that everybody knows"
    if _bits(secret) < _LEAST_BITS:
        return "is too easy to guess"
    return None


def _bits(text: str) -> float:
    """Entropy by what stands in it and by how one character follows another, whichever is less."""
    text = text[: (text + text).index(text, 1)]  # what is said twice is no harder to guess
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    return min(_entropy(text), _entropy(steps)) * len(text)


def _entropy(symbols: Iterable[str | int]) -> float:
    counts = Counter(symbols)
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values())
