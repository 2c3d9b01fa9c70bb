"""What nearly every page needs besides Streamlit's start, asked for with it and not after it.

Streamlit loads the code of an element when the first one comes, and shows a grey box meanwhile, of
another size than the element: what stands below would move.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_NAMES = ("ButtonGroup", "Button", "Html", "BidiComponent", "PageLink")
_IMPORTED = re.compile(r'(?:from|import)"\./([\w.$-]+\.js)"')


@cache
def links(page: str) -> str:
    """Elements of a page's head that ask for these files and what they import.

    `page` is Streamlit's own, which asks for some itself; a name that is not there is left out.
    """
    folder = scripts()
    first = [file.name for name in _NAMES for file in sorted(folder.glob(f"{name}.*.js"))]
    wanted = dict.fromkeys(first)
    for file in first:
        wanted |= dict.fromkeys(_IMPORTED.findall((folder / file).read_text(encoding="utf-8")))
    return "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{file}">'
        for file in wanted
        if file not in page
    )


@cache
def font() -> str:
    """The file of the font that pages are written in, by its address below the app's own."""
    folder = scripts().parent / "media"
    return next((f"static/media/{file.name}" for file in folder.glob("SourceSansVF-Up*.woff2")), "")


def scripts() -> Path:
    """Where Streamlit's scripts lie."""
    return package("streamlit") / "static" / "static" / "js"


def package(name: str) -> Path:
    """Where a package lies, which is looked at and not imported: that takes a while."""
    found = find_spec(name)
    return Path(found.origin).parent if found and found.origin else Path()
