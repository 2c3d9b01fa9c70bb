"""What an admin set while the server runs."""

from sqlmodel import Session, select

from ttt.models import ServerSetting
from ttt.store.upsert import replace_all, upsert


def every(session: Session) -> dict[str, str]:
    """All that is set, by name."""
    return {row.name: row.value for row in session.exec(select(ServerSetting))}


def find(session: Session, name: str) -> str | None:
    """What one is set to."""
    return session.exec(select(ServerSetting.value).where(ServerSetting.name == name)).one_or_none()


def save(session: Session, setting: ServerSetting) -> None:
    """Set one, whoever else sets it at the same moment."""
    rows = [setting.model_dump()]
    upsert(session, ServerSetting, rows, ["name"], replace_all("value", "changed_at"))
