"""The pages of counting plays, a person and year each."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, delete, select

from ttt.models import PlayPage
from ttt.store.upsert import replace_all, upsert


def read(session: Session, user_id: int) -> Sequence[PlayPage]:
    """Somebody's pages by year."""
    query = select(PlayPage).where(PlayPage.user_id == user_id)
    return session.exec(query.order_by(col(PlayPage.year))).all()


def years(session: Session, user_id: int) -> dict[int, int]:
    """How many plays somebody's page of each year has."""
    query = select(PlayPage.year, PlayPage.plays).where(PlayPage.user_id == user_id)
    return dict(session.exec(query).all())


def save(session: Session, pages: Sequence[PlayPage]) -> None:
    """Keep pages in the place of those of the same years."""
    rows = [page.model_dump() for page in pages]
    upsert(session, PlayPage, rows, ("user_id", "year"), replace_all("plays", "data"))


def forget(session: Session, user_id: int, years: Collection[int]) -> None:
    """Delete the pages of years in which nothing counts any more."""
    if years:
        session.exec(
            delete(PlayPage).where(
                col(PlayPage.user_id) == user_id, col(PlayPage.year).in_(sorted(years))
            )
        )
