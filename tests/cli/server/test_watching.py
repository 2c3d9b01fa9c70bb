import json

from tests.cli.conftest import Run
from ttt.settings import load


def test_the_status_tells_where_the_key_is_and_not_the_key(run: Run, ada: str) -> None:
    result = run("status", "--format", "json")
    (state,) = json.loads(result.stdout)
    assert (state["accounts"], state["database"]) == (1, "SQLite")
    assert state["migration"] == state["newest_migration"]
    key = (load().data_dir / "secret.key").read_text().strip()
    assert key not in result.stdout
