"""Import what the app imports, so that Python keeps it compiled.

It runs beside the first start, on another core: the app begins with the database and comes to
Streamlit last, this goes the other way round, and each finds what the other has compiled. What
pages import later is compiled then as well. Nothing else happens, as importing does nothing.
"""

import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LAST_AT_START = ("streamlit.web.bootstrap", "plotly.graph_objects", "ttt.web.app", "pandas")
# Streamlit's main script is run, not imported.
RUN = "ttt.ui.main"


def user_interface() -> list[str]:
    """Names of the modules that pages are made of."""
    files = sorted((PROJECT / "ttt" / "ui").rglob("*.py"))
    return [".".join(file.relative_to(PROJECT).with_suffix("").parts) for file in files]


def main() -> None:
    """Import one after the other; what cannot be imported is for the app to complain about."""
    for name in (*LAST_AT_START, *user_interface()):
        if name != RUN:
            with suppress(Exception):
                import_module(name)


if __name__ == "__main__" and not sys.dont_write_bytecode:
    main()
