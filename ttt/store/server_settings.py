"""What an admin set while the server runs."""

from sqlmodel import Session, select

from ttt.models import ServerSetting


def every(session: Session) -> dict[str, str]:
    """All that is set, by name."""
    return {row.name: row.value for row in session.exec(select(ServerSetting))}


def save(session: Session, setting: ServerSetting) -> None:
    """Set one, or replace it."""
    session.merge(setting)
