import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from ttt.plays import WhyRefused
from ttt.services.accounts import accounts
from ttt.services.context import open_context
from ttt.services.plays.bringing import importing, uploads
from ttt.settings import load

KEYS = [
    *("format", "rows", "added", "already_there", "too_short", "not_music", "double"),
    *("impossible", "private", "refused", "import_id"),
]


def row(minute: int, track: str = "a", ms: int = 200_000, **more: Any) -> dict[str, Any]:
    """A row of Spotify's extended history that ends at a minute past noon."""
    return {
        "ts": f"2024-03-30T12:{minute:02}:00Z",
        "platform": "ios",
        "ms_played": ms,
        "conn_country": "DE",
        "master_metadata_track_name": f"Song {track}",
        "master_metadata_album_artist_name": "The Invented Few",
        "master_metadata_album_album_name": "Nothing Real",
        "spotify_track_uri": f"spotify:track:{track * 22}",
        "episode_name": None,
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
    } | more


PODCAST = {"master_metadata_track_name": None, "spotify_track_uri": None, "episode_name": "Talk"}
HISTORY = [
    row(4),
    row(8, "b", incognito_mode=True),
    row(8, "b", incognito_mode=True),
    row(9, "c", 5_000),
    row(10, "b"),
    row(20, **PODCAST),
    row(30, ms=-1),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Streaming_History_Audio_2024_0.json"
    path.write_text(json.dumps(HISTORY))
    return path


def told(run: Run, *words: str) -> Any:
    result = run("history", *words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_an_import_says_what_became_of_each_row(run: Run, ada: str, file: Path) -> None:
    record = told(run, "import", "--user", ada, str(file))
    assert list(record) == KEYS
    assert [record[key] for key in KEYS[:9]] == ["Spotify", 7, 2, 0, 1, 1, 1, 1, 1]
    assert [refused["row"] for refused in record["refused"]] == [7]
    assert record["rows"] == sum(record[key] for key in KEYS[2:8]) + len(record["refused"])


def test_the_same_file_again_adds_nothing(run: Run, ada: str, file: Path) -> None:
    first = told(run, "import", "--user", ada, str(file))
    again = told(run, "import", "--user", ada, str(file))
    assert (again["added"], again["already_there"]) == (0, 5)
    assert (again["rows"], again["import_id"]) == (7, first["import_id"])
    assert "already here since" in run("history", "import", "--user", ada, str(file)).stdout


def test_the_same_plays_in_another_file_add_nothing(run: Run, ada: str, file: Path) -> None:
    told(run, "import", "--user", ada, str(file))
    file.write_text(json.dumps(HISTORY, indent=1))
    again = told(run, "import", "--user", ada, str(file))
    assert (again["added"], again["already_there"]) == (0, 5 - 1)
    assert again["double"] == 1


def test_checking_says_the_same_and_keeps_nothing(run: Run, ada: str, file: Path) -> None:
    checked = told(run, "check", str(file))
    assert checked["import_id"] is None
    assert told(run, "plays", "--user", ada) == []
    assert {**checked, "import_id": 1} == told(run, "import", "--user", ada, str(file))


def test_imports_are_listed_and_undone(run: Run, ada: str, file: Path) -> None:
    number = told(run, "import", "--user", ada, str(file))["import_id"]
    (listed,) = told(run, "list", "--user", ada)
    assert (listed["id"], listed["state"], listed["added"]) == (number, "done", 2)
    assert run("history", "undo", "--user", ada, str(number)).exit_code == 0
    assert told(run, "plays", "--user", ada) == []
    assert told(run, "list", "--user", ada)[0]["state"] == "undone"
    assert told(run, "import", "--user", ada, str(file))["added"] == 2


def test_plays_say_whether_they_count_and_why_not(run: Run, ada: str, file: Path) -> None:
    told(run, "import", "--user", ada, str(file))
    plays = told(run, "plays", "--user", ada)
    assert plays[0] == {
        "played_at": "2024-03-30T12:00:40Z",
        "title": "Song a",
        "artists": ["The Invented Few"],
        "ms": 200_000,
        "source": "Spotify history",
        "counts": True,
        "why_not": None,
    }
    assert [play["why_not"] for play in plays if not play["counts"]] == [
        "the same track began again before this could have been played",
        "too short",
    ]
    assert told(run, "plays", "--user", ada, "--from", "2024-03-31") == []
    assert told(run, "plays", "--user", ada, "--to", "2024-03-29") == []
    assert len(told(run, "plays", "--user", ada, "--from", "2024-03-30", "--to", "2024-03-30")) == 4


def test_a_log_without_a_zone_asks_for_one(run: Run, ada: str, tmp_path: Path) -> None:
    log = tmp_path / ".scrobbler.log"
    lines = ["#AUDIOSCROBBLER/1.1", "#TZ/UNKNOWN", "#CLIENT/x", "B\tA\tS\t1\t200\tL\t1711839401\t"]
    log.write_text("\n".join(lines) + "\n")
    asked = run("history", "import", "--user", ada, str(log))
    assert asked.exit_code == 1
    assert "--zone" in asked.stderr
    told(run, "import", "--user", ada, str(log), "--zone", "Europe/Berlin")
    (play,) = told(run, "plays", "--user", ada)
    assert play["played_at"] == "2024-03-30T21:56:41Z"


def test_a_table_of_unclear_dates_asks_what_stands_first(
    run: Run, ada: str, tmp_path: Path
) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("time,title,artist\n03/04/2024 21:15:00Z,Song,Somebody\n")
    asked = run("history", "import", "--user", ada, str(table))
    assert asked.exit_code == 1
    assert "--dates" in asked.stderr
    assert told(run, "check", str(table), "--dates", "month")["added"] == 1
    told(run, "import", "--user", ada, str(table), "--dates", "day")
    (play,) = told(run, "plays", "--user", ada)
    assert play["played_at"] == "2024-04-03T21:15:00Z"


def test_what_a_damaged_zip_lost_is_told_by_name(run: Run, ada: str, tmp_path: Path) -> None:
    packed = tmp_path / "my.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("endsong_0.json", json.dumps([row(4)]))
        made.writestr("endsong_1.json", json.dumps([row(9)]), zipfile.ZIP_BZIP2)
    found = told(run, "import", "--user", ada, str(packed))
    assert (found["rows"], found["added"]) == (2, 1)
    reason = f"endsong_1.json: {WhyRefused.LOST.words}"
    assert found["refused"] == [{"row": 2, "reason": reason}]


@pytest.mark.parametrize(
    ("content", "says"), [("[]", "no plays"), ("{}", "no listening history"), ("", "empty")]
)
def test_what_is_no_history_is_refused_in_a_line(
    run: Run, ada: str, tmp_path: Path, content: str, says: str
) -> None:
    file = tmp_path / "x.json"
    file.write_text(content)
    refused = run("history", "import", "--user", ada, str(file))
    assert refused.exit_code == 1
    assert says in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("undo", "--user", "ada", "99"),
        ("undo", "--user", "ada", "9" * 30),
        ("list", "--user", "nobody"),
    ],
)
def test_what_is_not_there_is_said(run: Run, ada: str, words: tuple[str, ...]) -> None:
    refused = run("history", *words)
    assert (refused.exit_code, "There is no such" in refused.stderr) == (1, True)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_what_is_exported_comes_back_as_it_was(
    run: Run, ada: str, file: Path, tmp_path: Path, form: str
) -> None:
    told(run, "import", "--user", ada, str(file))
    before = told(run, "plays", "--user", ada)
    out = tmp_path / f"plays.{form}"
    assert run("history", "export", "--user", ada, str(out), "--format", form).exit_code == 0
    assert run("history", "undo", "--user", ada, "1").exit_code == 0
    told(run, "import", "--user", ada, str(out))
    assert told(run, "plays", "--user", ada) == before


def test_the_ending_of_a_file_tells_how_plays_are_written(
    run: Run, ada: str, file: Path, tmp_path: Path
) -> None:
    told(run, "import", "--user", ada, str(file))
    begin = {"plays.csv": b"title,", "plays.PARQUET": b"PAR1", "plays.jsonl": b"{", "plays": b"{"}
    for name, first in begin.items():
        out = tmp_path / name
        assert run("history", "export", "--user", ada, str(out)).exit_code == 0
        assert out.read_bytes().startswith(first)


def test_several_artists_stand_in_one_cell(run: Run, ada: str, tmp_path: Path) -> None:
    maloja = tmp_path / "maloja.json"
    track = {"artists": ["Ann", "=Bob"], "title": "T"}
    maloja.write_text(json.dumps({"scrobbles": [{"time": 1_711_836_000, "track": track}]}))
    told(run, "import", "--user", ada, str(maloja))
    words = ("history", "plays", "--user", ada, "--format")
    assert "Ann; =Bob" in run(*words, "table").stdout
    assert ",Ann; =Bob," in run(*words, "csv").stdout
    assert json.loads(run(*words, "json").stdout)[0]["artists"] == ["Ann", "=Bob"]


def test_what_counts_is_exported_as_listens(run: Run, ada: str, file: Path, tmp_path: Path) -> None:
    added = told(run, "import", "--user", ada, str(file))["added"]
    out = tmp_path / "listens.jsonl"
    words = ("history", "export", "--user", ada, str(out), "--format", "listenbrainz")
    assert run(*words).exit_code == 0
    listens = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(listens) == added
    assert all({"listened_at", "track_metadata"} <= listen.keys() for listen in listens)
    checked = told(run, "check", str(out))
    assert (checked["format"], checked["added"]) == ("ListenBrainz", added)


def test_folders_of_several_people_are_named(run: Run, ada: str, tmp_path: Path) -> None:
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for folder in ("mine", "yours"):
            archive.writestr(f"{folder}/Streaming_History_Audio_0.json", json.dumps([row(4)]))
    asked = run("history", "import", "--user", ada, str(path))
    assert asked.exit_code == 1
    assert {"--folder", "mine/", "yours/"} <= set(asked.stderr.split())
    again = told(run, "import", "--user", ada, str(path), "--folder", "mine/")
    assert again["rows"] == 1


def test_of_several_files_those_that_can_be_read_are(
    run: Run, ada: str, file: Path, tmp_path: Path
) -> None:
    other, missing, empty = (tmp_path / name for name in ("other.json", "missing.json", "x.json"))
    other.write_text(json.dumps([row(40, "d")]))
    empty.write_text("[]")
    for form in ("json", "table"):
        words = ("import", "--user", ada, str(missing), str(file), str(empty), str(other))
        result = run("history", *words, "--format", form)
        assert result.exit_code == 1
        assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [
            *("missing.json", "x.json")
        ]
    found = json.loads(run("history", *words, "--format", "json").stdout)
    assert [(one["rows"], one["already_there"]) for one in found] == [(7, 5), (1, 1)]
    assert len(told(run, "plays", "--user", ada)) == 5


def test_a_wrong_zone_leaves_nothing_behind(run: Run, ada: str, tmp_path: Path) -> None:
    log = tmp_path / ".scrobbler.log"
    log.write_text("#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\nB\tA\tS\t1\t200\tL\t1711839401\t\n")
    refused = run("history", "import", "--user", ada, str(log), "--zone", "Europe/Nowhere")
    assert (refused.exit_code, "Europe/Berlin" in refused.stderr) == (1, True)
    assert told(run, "import", "--user", ada, str(log), "--zone", "Asia/Kathmandu")["added"] == 1
    (play,) = told(run, "plays", "--user", ada)
    assert play["played_at"] == "2024-03-30T17:11:41Z"


def test_an_import_that_still_asks_is_gone_on_with(run: Run, ada: str, tmp_path: Path) -> None:
    context = open_context(load())
    log = tmp_path / ".scrobbler.log"
    log.write_text("#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\nB\tA\tS\t1\t200\tL\t1711839401\t\n")
    person = accounts.find(context, ada)
    upload = uploads.begin(context, person, log.name, log.stat().st_size)
    uploads.put(context, person, upload.id, 0, log.read_bytes())
    importing.run(context, upload.id)
    assert run("history", "import", "--user", ada, str(log)).exit_code == 1
    assert uploads.find(context, person, upload.id).state is uploads.State.ASKING
    found = told(run, "import", "--user", ada, str(log), "--zone", "UTC")
    assert (found["added"], found["import_id"]) == (1, upload.id)


def test_a_table_whose_columns_nobody_knows_asks_for_their_names(
    run: Run, ada: str, tmp_path: Path
) -> None:
    table = tmp_path / "plays.csv"
    table.write_text("Wann;Wer;Was\n2024-03-30T22:00:00Z;A;T\n2024-03-30T22:10:00Z;A;U\n")
    words = ("import", "--user", ada, str(table))
    asked = run("history", *words)
    assert asked.exit_code == 1
    assert "--column FIELD=NAME" in asked.stderr
    assert all(f"  {name}" in asked.stderr for name in ("Wann", "Wer", "Was"))
    wrong = run("history", *words, "--column", "time=Wo")
    assert (wrong.exit_code, "no column “wo”" in wrong.stderr) == (1, True)
    named = [
        word for said in ("time=wann", "artist=Wer", "title=WAS") for word in ("--column", said)
    ]
    assert told(run, *words, *named)["added"] == 2
    assert told(run, "check", str(table), *named)["added"] == 2


@pytest.mark.parametrize("said", ["Wann", "when=Wann", "time=", "=Wann"])
def test_what_names_no_field_and_column_is_refused(
    run: Run, ada: str, file: Path, said: str
) -> None:
    refused = run("history", "import", "--user", ada, str(file), "--column", said)
    assert refused.exit_code == 1
    assert "is no FIELD=NAME" in refused.stderr
