"""How much was heard, and when."""

from ttt.chartdata import Of
from ttt.ui.accounts import session
from ttt.ui.frame import layout, notices
from ttt.ui.plays import choices, history, listening, panel

person = session.require_user()
chosen = choices.now()
plays = history.read(person, chosen.narrowing)
history.stop_without_plays(person, plays, "Listening")

span = chosen.span(plays)
layout.head("Listening", notices.plain(listening.line(plays, span)))
with layout.choices():
    choices.ranges(chosen, plays)
    choices.counted(chosen)
    choices.narrowing(chosen, plays)
    panel.switch()
choices.stop_without_any(chosen, plays, span)
numbers = listening.headline(plays, span)

panel.beside(
    [listening.over_time(plays, span, chosen.by)],
    [listening.top(plays, span, Of.TRACKS, chosen.by)],
    shape="chart-list",
)
panel.beside(
    [listening.days(plays, span, chosen.by)],
    [listening.hours(plays, span, chosen.by)],
    shape="days-hours",
)
kinds = (Of.ARTISTS, Of.ALBUMS, Of.GENRES)
panel.beside(*([listening.top(plays, span, of, chosen.by)] for of in kinds), shape="three")
panel.beside([listening.sittings(plays, span)], [listening.more_numbers(plays, span, numbers)])
listening.how(plays, span, chosen.by)
