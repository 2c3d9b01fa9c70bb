from datetime import datetime

from sqlmodel import Session

from ttt.models import ServerSetting
from ttt.store import server_settings


def test_a_setting_is_replaced(session: Session, now: datetime) -> None:
    for value in ("open", "closed"):
        setting = ServerSetting(name="registration", value=value, changed_at=now)
        server_settings.save(session, setting)
        session.commit()
    assert server_settings.every(session) == {"registration": "closed"}
