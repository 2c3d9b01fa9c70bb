"""Months are known by their names; one that two languages give to two months is not guessed."""

import pytest

from ttt.providers.history_files.formats.written.months import month_named

# As ICU writes them in dates, from January on.
YEARS = {
    "Polish": "sty lutego mar kwietnia maja cze lipca sie wrz paź listopada gru",
    "Czech": "ledna úno března dubna května června července srpna zář října listopadu prosince",
    "Slovak": "januára feb. marca apríla mája júna júla augusta sept. okt. novembra dec.",
    "Ukrainian": "січ. лют. березня квіт. травня черв. липня серп. вер. жовт. листопада груд.",
    "Russian": "янв. февраля мар. апр. мая июня июля авг. сент. окт. нояб. дек.",
    "Turkish": "Oca Şubat Mar Nis Mayıs Haz Temmuz Ağu Eylül Eki Kasım Ara",
    "Hungarian": "jan. február márc. ápr. május jún. július aug. szept. okt. nov. dec.",
    "Finnish": "tammikuuta helmik. maalisk. huhtik. toukok. kesäkuuta heinäkuuta elok. syysk. "
    "lokak. marraskuuta jouluk.",
    "Greek": "Ιαν Φεβρουαρίου Μαρ Απριλίου Μαΐου Ιουν Ιουλίου Αυγ Σεπ Οκτωβρίου Νοε Δεκ",
    "Lithuanian": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio "
    "lapkričio gruodžio",
    "Portuguese": "janeiro fev. março abr. maio junho jul. agosto set. out. nov. dez.",
}


@pytest.mark.parametrize("year", YEARS.values(), ids=YEARS)
def test_months_are_known_short_and_inflected(year: str) -> None:
    assert [month_named(name) for name in year.split()] == [*range(1, 13)]


@pytest.mark.parametrize(
    ("name", "day_ends", "year_ends", "month"),
    [
        ("listopada", ".", ".", 10),
        ("listopada", "", "", 11),
        ("listopada", ".", "", None),
        ("lip", ".", ".", 6),
        ("lip", "", "", 7),
        ("srp", ".", ".", 7),
        ("srp", "", "", None),
        ("May", "", "", 5),
        ("Foo", "", "", None),
        ("", "", "", None),
    ],
)
def test_croatian_is_told_from_polish_by_its_dots(
    name: str, day_ends: str, year_ends: str, month: int | None
) -> None:
    assert month_named(name, day_ends, year_ends) == month
