"""Browsers in which somebody signed in before."""

from datetime import datetime

from sqlmodel import Session, col, delete

from ttt.models import KnownBrowser


def is_known(session: Session, token_hash: str, since: datetime) -> bool:
    """Whether somebody signed in there since then."""
    known = session.get(KnownBrowser, token_hash)
    return known is not None and known.used_at > since


def keep(session: Session, browser: KnownBrowser) -> None:
    """Insert or replace a browser."""
    session.merge(browser)


def delete_old(session: Session, before: datetime) -> None:
    """Forget browsers in which nobody signed in since then."""
    session.exec(delete(KnownBrowser).where(col(KnownBrowser.used_at) <= before))
