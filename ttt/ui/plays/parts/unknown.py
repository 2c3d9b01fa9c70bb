"""What stands in the place of charts while nothing is known of how music felt."""

import streamlit as st

from ttt.services.plays.measures import coverage
from ttt.ui.plays.mood import Seen
from ttt.ui.work import background


def is_said(shown: Seen) -> bool:
    """Whether nothing is known of what was heard; why, and what is done, is said then."""
    frame, span = shown.history.frame, shown.span
    heard = frame.within(span)
    if frame.keep(("felt", span.first, span.last), lambda: coverage.any_felt(heard)):
        return False
    if background.anybody_to_ask():
        st.info("How this felt is not known yet. What you played most is looked up first.")
    else:
        st.info("How this felt is not known: this server looks nothing up.")
    return True
