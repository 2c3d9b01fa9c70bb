"""A year, a month or any time in about ten cards."""

from ttt.ui.accounts import session
from ttt.ui.frame import layout, notices
from ttt.ui.plays import choices, history, recaps
from ttt.ui.plays.sharing import links

person = session.require_user()
chosen = choices.now("year")
plays = history.read(person, chosen.narrowing)
history.stop_without_plays(person, plays, "Recap")

span = chosen.span(plays)
layout.head("Recap", notices.plain(f"{span.name[0].upper()}{span.name[1:]} in cards"))
with layout.choices():
    recaps.years(span, plays)
    choices.ranges(chosen, plays)
    choices.counted(chosen)
    choices.narrowing(chosen, plays)
choices.stop_without_any(chosen, plays, span)
links.offer(person, recaps.show(plays, span, chosen.by))
