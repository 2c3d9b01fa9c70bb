import pytest

from ttt.text import cleaned, file_name, one_line, storable, without_accents


def test_typed_text_keeps_its_lines_and_nothing_that_a_database_refuses() -> None:
    assert storable("a\0b\x1b[31m\ud800\n\tc \u200d👩‍👧") == "ab[31m\n\tc \u200d👩‍👧"


def test_words_on_one_line_stand_one_blank_apart() -> None:
    assert one_line("  a\0 \n b\u2028c ") == "a b c"


def test_accents_are_taken_from_letters_however_they_were_written() -> None:
    assert without_accents("Beyonc\u00e9") == without_accents("Beyonce\u0301") == "Beyonce"


def test_a_mark_that_makes_another_letter_stays() -> None:
    assert without_accents("が") == without_accents("か\u3099") != "か"
    assert without_accents("й") not in {"и", ""}
    assert without_accents("ЁЛКА за\u0301мок") == "ЕЛКА замок"


def test_an_answer_is_cleaned_at_any_depth_and_keeps_its_shape() -> None:
    said = {"na\0me": ["a\nb", {"deep": "c\x7fd"}, 1, 2.5, None, True], "e": "é\u00a0f"}
    assert cleaned(said) == {"name": ["ab", {"deep": "cd"}, 1, 2.5, None, True], "e": "é\u00a0f"}


@pytest.mark.parametrize(("name", "file"), [("", "list"), (" . ", "list"), ("\0", "_")])
def test_a_file_has_a_name_even_if_the_list_has_none_for_files(name: str, file: str) -> None:
    assert file_name(name, "csv") == f"{file}.csv"
