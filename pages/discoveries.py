"""What was heard for the first time, stayed, left, was forgotten and came back."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.frame import layout
from ttt.ui.plays import choices, found, history

person = session.require_user()
chosen = choices.now("all")
plays = history.read(person, chosen.narrowing)
history.stop_without_plays(plays, "Discoveries")

layout.head("Discoveries", "What was new to you, and what became of it")
with layout.choices():
    choices.ranges(chosen, plays)
    choices.counted(chosen)
    choices.narrowing(chosen, plays)

span = chosen.span(plays)
found.first_heard(plays, span, chosen.by)
for beside in (
    (found.on_this_day, found.forgotten),
    (found.obsessions, found.comebacks),
):
    with st.container(key=f"lists-{beside[0].__name__}"):
        columns = st.columns(2, gap="large")
    for column, shown in zip(columns, beside, strict=True):
        with column:
            shown(person, plays, span, chosen.by)
