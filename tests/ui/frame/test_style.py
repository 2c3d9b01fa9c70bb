import re

from ttt.ui.frame import tokens

# At the top level of a selector, what is between brackets being one piece.
_PIECE = r"(?:[^\s>~+,(\[]|\[[^\]]*\]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+"
_PART = re.compile(rf"\s*([>~+,]?)\s*({_PIECE})")


def asked_from_afar(sheet: str) -> list[str]:
    """The rules that ask what one element holds, to say how another one within it looks."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = [one.strip() for one in re.findall(r"([^{}]+)\{", plain)]
    return [one for one in selectors if not one.startswith("@") and _asks_from_afar(one)]


def _asks_from_afar(selector: str) -> bool:
    holds = False
    for sign, part in _PART.findall(selector):
        if sign in ("", ">") and holds:
            return True
        holds = ":has(" in part or (holds and sign != ",")
    return False


def test_what_an_element_holds_says_nothing_of_others_within_it() -> None:
    # Of all elements on a page browsers would look half through again, whatever changes on it.
    assert asked_from_afar(tokens.sheet()) == []


def test_such_rules_are_found() -> None:
    far = ["body:has(h1) > p", "a b:has(i) c", ":is(a, b):not(:has(> i)) [d]", "a, b:has(i) ~ c d"]
    near = ["a > b:has(> i)", "a:has(i) ~ div", "a:has(i), b c", "a:is(:has(b > c), d)"]
    sheet = "".join(f"/* a:has(b) c {{}} */ {one} {{ top: 0; }}\n" for one in far + near)
    assert asked_from_afar(f"@media (width) {{ {sheet} }}") == far
