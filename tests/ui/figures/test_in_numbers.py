import re

from tests.ui.conftest import play
from ttt.ui.figures import in_numbers


def body(*numbers: in_numbers.Number) -> str:
    (element,) = play(lambda: in_numbers.show(numbers)).get("html")
    return str(element.proto.body)


def test_a_number_is_a_term_with_its_description() -> None:
    html = body(in_numbers.Number("Plays", "9,505", words="16 % more", short="+16 %"))
    assert re.findall(r"</?(?:dl|dt|dd)\b", html) == ["<dl", "<dt", "</dt", "<dd", "</dd", "</dl"]
    assert "9,505" in html
    assert "16 % more" in html
    assert "dots" not in html


def test_a_number_that_is_not_known_says_so_and_has_no_unit() -> None:
    html = body(in_numbers.Number("Tempo", None, "BPM"))
    assert "unknown" in html
    assert "BPM" not in html


def test_that_a_number_is_a_guess_is_read_before_it_and_of_no_other() -> None:
    html = body(in_numbers.Number("Hours", "55", about=True), in_numbers.Number("Plays", "9"))
    assert html.count('class="about"') == 1
    assert re.sub(r"<[^>]*>", "", html) == "Hoursabout 55Plays9"


def test_a_place_on_the_line_is_drawn_beside_what_it_is_compared_with() -> None:
    html = body(in_numbers.Number("Energy", "0.80", colour="energy", at=80.0, was=84.0))
    assert 'u style="left:80.0%"' in html
    assert 'class="was" style="left:84.0%"' in html
    assert "--ttt-energy" in html


def test_texts_are_text_whatever_they_hold() -> None:
    html = body(in_numbers.Number("<b>x</b>", "<i>1</i>", "<u>", "<em>y</em>", "<s>z</s>"))
    assert not {"<b>x", "<i>1", "<em>", "<s>z", "<u>"} & set(re.findall(r"<[^>]*>\w?", html))


def test_a_number_is_read_without_its_signs_and_apart_from_what_it_is_compared_with() -> None:
    one = in_numbers.Number(
        "Tempo", "124", "BPM", "2 slower", colour="tempo", at=50.0, was=51.0, ends=("slow", "fast")
    )
    html = body(one)
    assert not {"s", "del", "em"} & set(re.findall(r"<(\w+)", html))  # which have roles
    read = re.sub(r'<span class="ends" aria-hidden="true">.*?</span></span>', "", html)
    assert re.sub(r"<[^>]*>", "", read).strip() == "Tempo124 BPM 2 slower"
