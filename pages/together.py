"""Comparing what one hears with somebody who agrees to it."""

from ttt.chartdata import By
from ttt.services.plays.frame import Narrowing
from ttt.services.plays.sharing import agreeing
from ttt.ui.accounts import session
from ttt.ui.frame import layout, process
from ttt.ui.frame.listing import sections
from ttt.ui.plays import choices, history
from ttt.ui.plays.sharing import compared, people

person = session.require_user()
sides = agreeing.listed(process.context(), person)
layout.head("Together", "What you and somebody else both hear, once you have both agreed")
sections.style()
people.asked(person)
people.ended(sides)

chosen = choices.now(by=By.MINUTES)
# Without private sessions, whatever the address says.
plays = history.read(person, Narrowing())
if any(side.name for side in sides):
    with layout.choices():
        side = people.choose(sides)
        choices.ranges(chosen, plays)
        choices.counted(chosen)
    if side is not None:
        compared.show(person, side, plays, chosen.span(plays), chosen.by)
people.manage(person, sides)
