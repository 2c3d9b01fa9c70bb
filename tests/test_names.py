import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttt.names import fold, same


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Don’t Stop Believin'", "dont stop believin"),
        ("AC/DC", "ac dc"),
        ("Don´t Stop", "dont stop"),
        ("𝕊𝕠𝕟𝕘 ＩＴ＇Ｓ ℡", "song its tel"),
        ("Måneskin", "maneskin"),
        ("BØRNS", "borns"),
        ("Sıfır  Tolerans", "sifir tolerans"),
        ("残響散歌", "残響散歌"),
        ("!!!", ""),
        ("Θάλασσα", "θαλασσα"),
        ("Ёлка", "елка"),
    ],
)
def test_words_are_compared_without_case_accents_and_punctuation(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Beyoncé", "BEYONCE", True),
        ("Hey Ya!", "hey ya", True),
        ("Hey Ya!", "Hey Ya (Live)", False),
        ("!!!", " !!! ", True),
        ("!!!", "???", False),
        ("", "???", False),
        ("かみ", "がみ", False),
        ("がみ", "か\u3099み", True),
        ("ｶﾞﾗｽ", "ガラス", True),
        ("И", "Й", False),
        ("Ещё", "Еще", True),
        ("за\u0301мок", "замок", True),
        ("Її", "Іі", False),
        ("तेरा", "तेरी", False),
        ("มา", "ม้า", False),
        ("שָׁלוֹם", "שלום", True),
        ("مُحَمَّد", "محمد", True),
        ("가", "각", False),
        ("Love ❤️", "Love", True),
        ("❤️ Love", "Love", True),
        ("1️⃣", "1", True),
        ("が、み", "が み", True),
    ],
)
def test_names_are_the_same_when_their_words_are(one: str, other: str, is_same: bool) -> None:
    assert same(one, other) is is_same


@given(st.text())
def test_what_was_folded_stays_as_it_is_however_it_was_written(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == folded
