"""Which columns and words the files of a download have."""

from ttt.services.my_data.kinds import KINDS, readme
from ttt.services.my_data.writing import columns_of


def test_title_and_artists_stand_beside_tracks_and_nowhere_else() -> None:
    by_name = {kind.name: columns_of(kind) for kind in KINDS}
    assert by_name["lists"][-2:] == by_name["values"][-2:] == ["title", "artists"]
    assert "title" not in by_name["sessions"]
    assert by_name["tracks"].count("title") == 1


def test_the_file_that_explains_all_others_names_each_in_lines_of_a_page() -> None:
    lines = readme().splitlines()
    assert {f"{kind.name}.json, {kind.name}.csv" for kind in KINDS} < set(lines)
    assert "manifest.json" in lines
    assert max(len(line) for line in lines[lines.index("Left out, and why") :]) <= 100
