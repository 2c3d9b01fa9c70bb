"""What can be read only once: it is shown until it was copied, and then it is gone."""

from collections.abc import Callable
from typing import Generic, TypeVar

import streamlit as st

from ttt.ui.frame.listing import copying, sections

Made = TypeVar("Made")


class Once(Generic[Made]):
    """The place of the last such thing of a kind that was made in this tab."""

    def __init__(self, kind: str) -> None:
        self._kind, self._place = kind, f"{kind} just made"

    def keep(self, made: Made) -> None:
        """Show it from the next run on, in the place of the one before."""
        st.session_state[self._place] = made

    def made(self) -> Made | None:
        """What is to be shown, None where nothing was made or it was copied."""
        found: Made | None = st.session_state.get(self._place)
        return found

    def forget(self, ended: Callable[[Made], bool]) -> None:
        """Show it no longer where it is what was just ended."""
        made = self.made()
        if made is not None and ended(made):
            del st.session_state[self._place]

    def show(
        self, label: str, words: str, secret: str, below: Callable[[], None] = lambda: None
    ) -> None:
        """Show it over what there is to know of it, until it was copied."""
        with sections.panel(f"made-{self._kind.replace(' ', '-')}"):
            sections.heading(label, f"{words}: it is shown this once")
            copying.show(secret, self._kind)
            below()
            if st.button("I have copied it", icon=":material/check:"):
                del st.session_state[self._place]
                st.rerun()
