"""How easily a password is guessed, in words of our own."""

import re
from collections.abc import Iterable
from threading import Lock
from typing import Any

_STRONG = 3  # of 4: more than a hundred million guesses
_LONGEST = 32  # with many letters swapped for digits, zxcvbn needs seconds for more
_REMEDY = "Use four words or more that do not belong together, or let a password manager make it."
# What zxcvbn finds, by a word of its warning.
_WHAT_IS_WRONG = (
    ("Straight rows", "It is a row of keys on the keyboard."),
    ("Short keyboard", "It is a pattern on the keyboard."),
    ("Repeats", "It repeats the same characters."),
    ("Sequences", "It has a sequence such as abc or 6543."),
    ("years", "It has a year that is easy to guess."),
    ("Dates", "It has a date, which is easy to guess."),
    ("common password", "Many people use it: it is among the first that are tried."),
    ("commonly used", "It is much like a password that many people use."),
    ("word by itself", "A single word is found in any dictionary."),
    ("ames", "Names alone are easy to guess."),
)
_UNSAID = "It is too easy to guess."
# zxcvbn keeps the words of whoever asks in a table that all threads share.
_one_at_a_time = Lock()


def weakness(password: str, about: Iterable[str]) -> str | None:
    """What is wrong with a password and what to do, None when it is strong.

    `about` is what others know of the person: names and addresses count as guessed first.
    """
    # Loaded here, as its dictionaries are large and passwords are seldom set.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    known = [part for text in about for part in (text, *re.split(r"[\W_]+", text)) if part]
    with _one_at_a_time:
        result = zxcvbn(password[:_LONGEST], user_inputs=[part[:_LONGEST] for part in known])
    if result["score"] >= _STRONG:
        return None
    return f"{_what_is_wrong(result)} {_REMEDY}"


def _what_is_wrong(result: dict[str, Any]) -> str:
    if any(part.get("dictionary_name") == "user_inputs" for part in result["sequence"]):
        return "It is made of your name or mail address."
    warning = result["feedback"]["warning"]
    return next((words for sign, words in _WHAT_IS_WRONG if sign in warning), _UNSAID)
