"""Links that show one recap: made, seen and ended where the recap is."""

import streamlit as st

from ttt.chartdata import Recap
from ttt.errors import InvalidInput, StoreError
from ttt.services.person import Person
from ttt.services.plays.sharing import recap_links
from ttt.services.plays.sharing.recap_links import Link, MadeLink
from ttt.ui.frame import notices, process
from ttt.ui.frame.listing import sections, times
from ttt.ui.frame.listing.once import Once

_MADE = Once[MadeLink]("recap link")


def offer(person: Person, recap: Recap | None) -> None:
    """All links, and a button for one to this recap; None offers none."""
    every = recap_links.listed(process.context(), person)
    if recap is None and not every:
        return
    sections.style()
    sections.heading("Show it to others", _sentence(len(every)))
    if (made := _MADE.made()) is not None:
        _MADE.show(f"Link {made.id} to {made.name}", "Copy it now", made.url)
    if recap is not None and st.button("Make a link to this recap", icon=":material/add_link:"):
        _make(person, recap)
    sections.small(
        "A link shows these cards as they are now, without your name, to whoever has it, until you "
        "end it. Nothing else of yours can be reached by it."
    )
    with st.container(gap=None, key="recap-links"):
        for link in every:
            _row(person, link)


def _sentence(count: int) -> str:
    if not count:
        return "Only you see this recap"
    return "One link shows a recap" if count == 1 else f"{count} links show recaps"


def _row(person: Person, link: Link) -> None:
    times_ = "once" if link.opened == 1 else f"{link.opened:,} times"
    last = f"opened {times_}, last {times.ago(link.opened_at)}" if link.opened_at else "not opened"
    words = f"link {link.id} · made {times.day(link.created_at)} · {last}"
    with sections.row(f"recap-link-{link.id}", link.name, words):
        cost = "The link stops working for everybody who has it. You can make another one."
        if notices.asked(
            "End",
            cost,
            "Yes, end it",
            key=f"link {link.id}",
            small=True,
            what=f"link {link.id} to {link.name}",
        ):
            _end(person, link)


def _make(person: Person, recap: Recap) -> None:
    with notices.telling(InvalidInput, StoreError):
        _MADE.keep(recap_links.make(process.context(), person, recap))
        st.rerun()


def _end(person: Person, link: Link) -> None:
    with notices.in_words("That link no longer works."):
        recap_links.end(process.context(), person, link.id)
        _MADE.forget(lambda made: made.id == link.id)
