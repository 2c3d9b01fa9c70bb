import logging

import pytest

from tests.jobs.conftest import ada, saved
from ttt.errors import NotFound
from ttt.jobs import departing
from ttt.services.accounts import accounts
from ttt.services.context import Context


def test_an_account_goes_even_while_its_work_cannot_be_reached(
    on_sqlite: Context, caplog: pytest.LogCaptureFixture
) -> None:
    saved(on_sqlite, 0)
    person = ada(on_sqlite)
    (on_sqlite.settings.data_dir / "jobs.sqlite3").write_text("No database at all. " * 100)
    with caplog.at_level(logging.WARNING, "ttt.jobs"):
        departing.delete(on_sqlite, accounts.operator(on_sqlite), person.username)
    with pytest.raises(NotFound):
        accounts.find(on_sqlite, person.username)
    (said,) = (record for record in caplog.records if record.name == "ttt.jobs")
    assert f"account {person.id} goes within a week" in said.getMessage()
