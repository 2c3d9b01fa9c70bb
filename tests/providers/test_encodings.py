"""Letters of any encoding are read right, or the person is asked; never others in silence."""

import pytest

from ttt.errors import InvalidInput
from ttt.providers import encodings
from ttt.services.lists import importing

NAMES = {
    "cp1250": ["Kaťa Ščučka", "Žbirka", "Dežo Ursíny", "Łzy"],
    "cp1251": ["Земфира", "Хочешь?", "Кино", "Группа крови"],
    "cp1252": ["Déjà vu", "Blümchen", "Señorita", "Où est-il"],
    "cp1253": ["Νότης", "Σφακιανάκης"],
    "cp1254": ["Şarkı", "Şımarık", "Tarkan", "Barış Manço", "Gülpembe"],
    "cp1255": ["שלום", "עידן רייכל", "בואי"],
    "koi8_r": ["Земфира", "Кино"],
    "gb18030": ["周杰伦", "七里香", "晴天", "青花瓷"],
    "big5": ["周杰倫", "告白氣球", "五月天"],
    "cp932": ["宇多田ヒカル", "花束を君に", "米津玄師", "ひこうき雲"],
    "cp949": ["아이유", "좋은 날", "방탄소년단"],
    "mac_roman": ["Déjà vu", "Blümchen", "Señorita"],
    "euc_jp": ["上を向いて歩こう", "坂本九", "宇多田ヒカル"],
    "cp866": ["Земфира", "Группа крови", "Кино"],
    "mac_cyrillic": ["Земфира", "Группа крови", "Кино"],
    "iso8859_5": ["Земфира", "Группа крови", "Кино"],
    "iso8859_2": ["Kaťa Ščučka", "Žbirka", "Dežo Ursíny", "Łzy"],
    "cp850": ["Déjà vu", "Blümchen", "Señorita", "Motörhead"],
    "cp852": ["Zażółć gęślą", "Łódź", "Świat", "Kaťa Ščučka"],
    "cp1257": ["Žvaigždė", "Šarūnas", "Brīnumi"],
}


def table(names: list[str]) -> str:
    return "title,artist\n" + "".join(f"{name},Band\n" for name in names)


@pytest.mark.parametrize("many", [False, True], ids=["one name", "some names"])
@pytest.mark.parametrize("encoding", NAMES)
def test_local_letters_are_read_right_or_asked_about(encoding: str, many: bool) -> None:
    text = table(NAMES[encoding] if many else NAMES[encoding][:1])
    found = encodings.decode(text.encode(encoding))
    if found.guesses:
        read = [text.encode(encoding).decode(guess.encoding) for guess in found.guesses]
        assert text in read
        assert all(guess.samples and guess.label for guess in found.guesses)
    else:
        assert found.text == text


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("mac_roman", ["Motörhead", "Hoppípolla", "Für Elise", "Beyoncé", "Déjà Vu"]),
        ("mac_roman", ["Déjà vu", "Hoppípolla Rós", "Motörhead"]),
        ("cp1250", ["Dawid Podsiadło", "Dawid Podsiadło", "Małomiasteczkowy"]),
    ],
)
def test_a_reading_with_signs_inside_words_is_never_sure(encoding: str, names: list[str]) -> None:
    text = table(names)
    found = encodings.decode(text.encode(encoding))
    assert found.text == text or encoding in {guess.encoding for guess in found.guesses}


@pytest.mark.parametrize("encoding", NAMES)
def test_an_encoding_that_was_chosen_is_believed(encoding: str) -> None:
    text = table(NAMES[encoding])
    assert encodings.decode(text.encode(encoding), encoding) == encodings.Decoded(text)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_never_asked_about(encoding: str) -> None:
    text = table([name for names in NAMES.values() for name in names])
    assert encodings.decode(text.encode(encoding)) == encodings.Decoded(text)


def test_letters_of_japans_mails_are_read() -> None:
    text = table(NAMES["cp932"])
    found = encodings.decode(text.encode("iso2022_jp"))
    assert (found.text, found.guesses, found.lost) == (text, (), 0)


@pytest.mark.parametrize("by", ["cp1252", "latin-1"])
@pytest.mark.parametrize("names", [NAMES["cp1252"], NAMES["cp1251"], NAMES["cp949"], ["L’été…"]])
def test_utf_8_that_was_written_in_utf_8_again_is_read(names: list[str], by: str) -> None:
    twice = "".join(
        bytes([byte]).decode(by, "ignore") or chr(byte) for byte in table(names).encode()
    )
    assert encodings.decode(twice.encode()) == encodings.Decoded(table(names))


@pytest.mark.parametrize("name", ["Ã", "Â£", "Ã©té à", "SÃO PAULO", "â", "Žižek", "Ångström"])
def test_a_name_that_only_looks_a_little_like_it_is_kept(name: str) -> None:
    kept = table([name, "Zoë"])
    assert encodings.decode(kept.encode()).text == kept


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_wide_letters_of_which_one_is_cut_off_lose_that_one(encoding: str) -> None:
    content = table(NAMES["cp1252"] * 3).encode(encoding)
    found = encodings.decode(content[:-1])
    assert (found.text, found.lost) == (table(NAMES["cp1252"] * 3)[:-1] + "\ufffd", 1)


def test_a_few_bad_bytes_cost_their_letters_and_no_others() -> None:
    content = table(NAMES["cp1251"] * 3).encode() + b"Dust\xff,Band\n"
    found = encodings.decode(content)
    assert (found.lost, found.guesses) == (1, ())
    assert found.text.endswith("Dust\ufffd,Band\n")
    assert "Земфира" in found.text


def test_a_text_that_is_hardly_more_whole_than_lost_as_utf_8_is_asked_about() -> None:
    chinese = table(["红豆"])  # two bytes of its four make a letter of UTF-8
    found = encodings.decode(chinese.encode("gb18030"))
    assert {"gb18030", "utf_8"} <= {guess.encoding for guess in found.guesses}
    mixed = table(["Déjà vu"]).encode() + "Für Elise,Band\n".encode("cp1252")
    assert "utf_8" in {guess.encoding for guess in encodings.decode(mixed).guesses}
    assert encodings.decode(mixed, "utf_8").lost == 1


def test_the_names_that_are_shown_tell_the_readings_apart() -> None:
    names = ["Élan", "Café", "René", "Zoé", "Déjà vu"]  # é is the same in Central Europe, à is not
    found = encodings.decode(table(names).encode("cp1252"))
    assert len({guess.samples for guess in found.guesses}) == len(found.guesses) > 1


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp1251", "cp932"])
def test_of_a_single_letter_every_reading_is_there_to_choose_from(encoding: str) -> None:
    letter = {"cp1251": "Я", "cp932": "花"}.get(encoding, "À")
    content = table([letter]).encode(encoding)
    found = encodings.decode(content)
    assert table([letter]) in {content.decode(guess.encoding) for guess in found.guesses}


def test_an_encoding_that_nobody_knows_is_told() -> None:
    with pytest.raises(InvalidInput, match="no encoding named “klingon”"):
        encodings.decode(b"x", "klingon")


def test_a_doubtful_file_is_not_taken_before_somebody_chose() -> None:
    content = table(["Земфира"]).encode("cp1251")
    assert not importing.look(content).clear
    assert importing.look(content, importing.Choices(encoding="cp1251")).clear
