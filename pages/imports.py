"""Brings a listening history, says what became of it, and who records plays from now on."""

import streamlit as st

from ttt.services.plays.bringing import imports
from ttt.services.recorders import state
from ttt.ui.accounts import session
from ttt.ui.frame import layout, process, reads
from ttt.ui.frame.listing import sections
from ttt.ui.imports import (
    bringing,
    covered,
    getting,
    past,
    questions,
    taking_out,
    uncertain,
    under_way,
)
from ttt.ui.plays import hiding
from ttt.ui.recorders import followed, listening, missing, players

person = session.require_user()
found = imports.overview(process.context(), person)
coverage = covered.look(person)
sections.style()
layout.head("Imports & recording", coverage.line if coverage else "Everything you ever played")
covered.show(coverage)
is_new = not found.running and not any(one.receipt for one in found.past)

left, right = st.columns([1.45, 1], gap="large")
with left:
    bringing.show(person, is_new)
    for one in found.running:
        if one.upload.question:
            questions.ask(person, one)
    under_way.show(found.running)
    past.show(person, found.past)
    uncertain.show(person, coverage.uncertain if coverage else 0)
    getting.show(is_new)
    if coverage is not None:
        taking_out.offer(person)
        hiding.listed(person)
with right:
    recorders = state.listed(process.context(), person)
    spotify = next((one for one in recorders if one.kind == "spotify"), None)
    listening.show(person, spotify, reads.connection(person))
    missing.show(person)
    players.show(person)
    followed.show(person, recorders)
