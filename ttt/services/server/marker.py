"""Whether the data folder is the one of before: a mount that is missing looks like an empty one."""

import secrets
from contextlib import suppress
from pathlib import Path

from ttt.models import ServerSetting
from ttt.services.context import Context
from ttt.store import server_settings

FILE = "this-is-the-data-folder"
_SETTING = "data folder"
_WORDS = "Top Track Tracker keeps its data in this folder, and knows it by this line:\n{mark}\n"


def keep(context: Context) -> None:
    """At the first start: mark the folder, and remember the mark in the database."""
    if _known(context) is not None:
        return
    mark = secrets.token_hex(8)
    # A folder that takes no file is told by others, and stops nobody here.
    with suppress(OSError):
        _file(context).write_text(_WORDS.format(mark=mark), encoding="utf-8")
        with context.session() as session:
            setting = ServerSetting(name=_SETTING, value=mark, changed_at=context.now())
            server_settings.save(session, setting)
            session.commit()


def is_another(context: Context) -> bool:
    """Whether the database was used with another data folder than this one."""
    known, file = _known(context), _file(context)
    return known is not None and (
        not file.exists() or known not in file.read_text(encoding="utf-8")
    )


def _known(context: Context) -> str | None:
    with context.session() as session:
        return server_settings.find(session, _SETTING)


def _file(context: Context) -> Path:
    return context.settings.data_dir / FILE
