import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from ttt.services.lists.importing import MAX_BYTES
from ttt.services.tables.list_csv import FIELDS

KNOWN = "4h9wh7iOZ0GGn8QVp4RAOB"
UNKNOWN = f"{1:022}"
ALBUM = f"https://open.spotify.com/album/{KNOWN}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def add(run: Run, *links: str) -> None:
    assert run("tracks", "add", "--user", "ada", *links).exit_code == 0


def uris(run: Run) -> list[str]:
    result = run("tracks", "list", "--user", "ada", "--format", "json")
    return [record["uri"].removeprefix("spotify:track:") for record in json.loads(result.stdout)]


def test_links_are_added_and_counted(run: Run, ada: str) -> None:
    links = [
        f"https://open.spotify.com/track/{KNOWN}?si=x",
        ALBUM,
        UNKNOWN,
        f"spotify:track:{KNOWN}",
    ]
    result = run("tracks", "add", "--user", "ADA", *links, "--format", "json")
    assert result.exit_code == 0
    receipt = json.loads(result.stdout)
    (refused,) = receipt.pop("refused")
    assert receipt == {
        "added": 2,
        "already_there": 1,
        "repeated": 1,
        "waiting": 0,
        "values": {},
    }
    assert refused["row"] == 2
    assert "an album" in refused["reason"]
    assert uris(run) == [KNOWN, UNKNOWN]


def test_people_get_the_count_in_words(run: Run, ada: str) -> None:
    first, second = run("tracks", "add", "--user", "ada", KNOWN, ALBUM).stdout.splitlines()
    assert first == "Added 1, already there 0, waiting 0, refused 1."
    assert second.startswith("Row 2: This is an album")


def test_a_list_has_the_thirteen_fields_and_where_they_are_from(run: Run, ada: str) -> None:
    add(run, KNOWN)
    (record,) = json.loads(run("tracks", "list", "--user", "ada", "--format", "json").stdout)
    assert list(record) == [*FIELDS, "sources"]
    assert (record["artist"], record["song"]) == ("OneRepublic", "I Ain't Worried")
    assert record["sources"]["popularity"] == "catalogue, 2022"


def test_a_list_is_shown_as_csv_without_a_mark(run: Run, ada: str) -> None:
    add(run, KNOWN)
    (row,) = csv.DictReader(
        io.StringIO(run("tracks", "list", "--user", "ada", "--format", "csv").stdout)
    )
    assert tuple(row) == FIELDS
    assert row["uri"] == f"spotify:track:{KNOWN}"


def test_a_table_obeys_no_control_characters(run: Run, ada: str, file: Path) -> None:
    file.write_text(f"song,uri\n[red]\x1b[31mevil,{UNKNOWN}\n")
    run("tracks", "import", "--user", "ada", str(file))
    result = run("tracks", "list", "--user", "ada")
    assert "[red] [31mevil" in result.stdout
    assert "\x1b" not in result.stdout


def test_tracks_are_removed(run: Run, ada: str) -> None:
    add(run, KNOWN, UNKNOWN)
    result = run("tracks", "remove", "--user", "ada", f"spotify:track:{KNOWN}", "2" * 22)
    assert (result.exit_code, result.stdout) == (0, "Removed 1.\n")
    assert uris(run) == [UNKNOWN]
    result = run("tracks", "remove", "--user", "ada", UNKNOWN, "--format", "json")
    assert json.loads(result.stdout) == {"removed": 1}


def test_removing_nonsense_changes_nothing(run: Run, ada: str) -> None:
    add(run, KNOWN)
    result = run("tracks", "remove", "--user", "ada", KNOWN, "nonsense")
    assert result.exit_code == 1
    assert "no Spotify link" in result.stderr
    assert uris(run) == [KNOWN]


def test_a_file_comes_back_as_it_was(run: Run, ada: str, file: Path) -> None:
    add(run, KNOWN, UNKNOWN)
    assert run("tracks", "export", "--user", "ada", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfartist,song,")
    run("tracks", "remove", "--user", "ada", KNOWN, UNKNOWN)
    result = run("tracks", "import", "--user", "ada", str(file), "--format", "json")
    receipt = json.loads(result.stdout)
    assert (receipt["added"], receipt["already_there"], receipt["refused"]) == (2, 0, [])
    assert uris(run) == [KNOWN, UNKNOWN]


def test_letters_that_cannot_be_read_are_said(run: Run, ada: str, file: Path) -> None:
    told = f"title,uri\nÜber Größe für Ärzte,spotify:track:{KNOWN}\n".encode()
    file.write_bytes(told.replace("Ü".encode(), b"\xff"))
    said = run("tracks", "import", "--user", "ada", str(file)).stdout.splitlines()
    receipt = run("tracks", "import", "--user", "ada", str(file), "--format", "json").stdout
    assert said[1].startswith("1 letter of the file could not be read and stands as “\ufffd”.")
    assert json.loads(receipt)["lost_letters"] == 1


def test_cells_that_cannot_be_used_are_said_and_terminals_find_nothing_to_obey(
    run: Run, ada: str, file: Path
) -> None:
    file.write_text(f"uri,tempo\nspotify:track:{KNOWN},\x1b[31mfast\n")
    said = run("tracks", "import", "--user", "ada", str(file)).stdout.splitlines()
    receipt = run("tracks", "import", "--user", "ada", str(file), "--format", "json").stdout
    assert said[1] == "1 value could not be used and was left out: 1 of tempo, “[31mfast”."
    assert json.loads(receipt)["unusable"] == {"tempo": {"total": 1, "first": "[31mfast"}}


def test_files_may_be_pipes(run: Run, ada: str) -> None:
    add(run, KNOWN)
    text = run("tracks", "export", "--user", "ada", "-").stdout
    assert text.startswith("artist,song,")
    result = run("tracks", "import", "--user", "ada", "-", "--format", "json", input=text)
    assert json.loads(result.stdout)["already_there"] == 1


def test_an_ending_that_names_no_format_is_refused_before_anything_is_written(
    run: Run, ada: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.docx"
    for group in ("tracks", "history"):
        result = run(group, "export", "--user", "ada", str(file))
        assert result.exit_code == 1
        assert "“.docx” names no format: say --format, one of" in result.stderr
        assert not file.exists()
    assert run("tracks", "export", "--user", "ada", str(file), "--format", "csv").exit_code == 0


def test_an_export_may_be_json(run: Run, ada: str, file: Path) -> None:
    add(run, KNOWN)
    run("tracks", "export", "--user", "ada", str(file), "--format", "json")
    shown = run("tracks", "list", "--user", "ada", "--format", "json").stdout
    assert file.read_text(encoding="utf-8") == shown
    assert run("tracks", "export", "--user", "ada", "-", "--format", "json").stdout == shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"song\nx", "a column of links"),
        (b"x" * (MAX_BYTES + 9), "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_line(
    run: Run, ada: str, file: Path, content: bytes, said: str
) -> None:
    file.write_bytes(content)
    result = run("tracks", "import", "--user", "ada", str(file))
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_told(run: Run, ada: str, tmp_path: Path) -> None:
    missing = str(tmp_path / "no" / "file")
    for command in ("import", "export"):
        result = run("tracks", command, "--user", "ada", missing)
        assert result.exit_code == 1
        assert result.stderr == f"{missing}: No such file or directory\n"


@pytest.mark.parametrize(
    "words", [["list"], ["add", KNOWN], ["remove", KNOWN], ["import", "-"], ["export", "-"]]
)
def test_an_unknown_person_is_told(run: Run, words: list[str]) -> None:
    result = run("tracks", words[0], "--user", "nobody", *words[1:], input="uri\n")
    assert result.exit_code == 1
    assert "no such account" in result.stderr


def test_nobodys_list_is_nobodys(run: Run) -> None:
    assert run("tracks", "list").exit_code == 2


@pytest.mark.parametrize("format_", ["csv", "json", "m3u8", "xspf"])
def test_each_of_our_own_formats_comes_back(
    run: Run, ada: str, tmp_path: Path, format_: str
) -> None:
    add(run, KNOWN, UNKNOWN)
    file = tmp_path / f"list.{format_}"
    assert run("tracks", "export", "--user", "ada", str(file)).exit_code == 0
    run("tracks", "remove", "--user", "ada", KNOWN, UNKNOWN)
    result = run("tracks", "import", "--user", "ada", str(file), "--format", "json")
    assert json.loads(result.stdout)["added"] == 2
    assert uris(run) == [KNOWN, UNKNOWN]


@pytest.mark.parametrize("ending", ["tsv", "txt"])
def test_tables_and_lines_of_other_endings_are_read(
    run: Run, ada: str, tmp_path: Path, ending: str
) -> None:
    content = {"tsv": f"Song\tLink\nDust\t{UNKNOWN}\n", "txt": f"spotify:track:{UNKNOWN}\n"}
    file = tmp_path / f"list.{ending}"
    file.write_text(content[ending])
    assert run("tracks", "import", "--user", "ada", str(file)).exit_code == 0
    assert uris(run) == [UNKNOWN]


def test_columns_are_named_by_hand(run: Run, ada: str, file: Path) -> None:
    file.write_text("Lied,Wer\nI Ain't Worried,OneRepublic\nNothing,Nobody\nElse,Nobody\n")
    words = ["tracks", "import", "--user", "ada", str(file)]
    assert "a column of links" in run(*words).stderr
    result = run(*words, "--column", "title=Lied", "--column", "artist=Wer")
    assert result.stdout.startswith("Added 1,")
    assert uris(run) == [KNOWN]
    assert "no column “was”" in run(*words, "--column", "link=Was").stderr
    assert "no FIELD=NAME" in run(*words, "--column", "colour=red").stderr


def test_the_first_row_is_a_track_where_somebody_says_so(run: Run, ada: str, file: Path) -> None:
    file.write_text("I Ain't Worried,OneRepublic\n")
    columns = ["--column", "title=column 1", "--column", "artist=column 2"]
    result = run("tracks", "import", "--user", "ada", str(file), "--no-header", *columns)
    assert result.stdout.startswith("Added 1,")


def test_of_doubtful_letters_the_encodings_are_told_and_one_is_chosen(
    run: Run, ada: str, file: Path
) -> None:
    file.write_bytes(f"uri,title\n{UNKNOWN},Земфира\n".encode("cp1251"))
    words = ["tracks", "import", "--user", "ada", str(file)]
    assert "(cp1251)" in run(*words).stderr
    assert run(*words, "--encoding", "cp1251").exit_code == 0
    shown = run("tracks", "list", "--user", "ada", "--format", "json").stdout
    assert json.loads(shown)[0]["song"] == "Земфира"


def test_values_of_a_file_are_said_to_be_the_files(run: Run, ada: str, file: Path) -> None:
    file.write_text(f"uri,energy\n{UNKNOWN},0.5\n")
    result = run("tracks", "import", "--user", "ada", str(file), "--format", "json")
    assert json.loads(result.stdout)["values"] == {"energy": 1}
    (record,) = json.loads(run("tracks", "list", "--user", "ada", "--format", "json").stdout)
    assert (record["energy"], record["sources"]["energy"]) == (0.5, "your file")


def test_a_history_is_led_to_where_it_is_taken(run: Run, ada: str, file: Path) -> None:
    file.write_text("artist,album,track,date\nAda,Tides,Dust,02 Mar 2024 18:21\n")
    result = run("tracks", "import", "--user", "ada", str(file))
    assert result.exit_code == 1
    assert "This is a listening history" in result.stderr
    assert "python -m ttt history import" in result.stderr
