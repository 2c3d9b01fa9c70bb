"""The end of every way in."""

from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.ui.frame import browser, process


def enter(person: Person) -> None:
    """Give the browser a session of somebody who has shown who they are, and open the page."""
    ticket = sign_in.issue_ticket(
        process.context(), person, browser.path(), str(browser.zone() or "")
    )
    browser.post("/auth/finish", {"ticket": ticket})
