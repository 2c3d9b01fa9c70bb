"""Months by their names in the languages of Europe and some others, short, inflected or not."""

from ttt.text import without_accents

# How the names begin: as far as needed, so that none of another month begins so in any of them.
_BEGINNINGS = (
    "ene gen ian ion jaa jan led oca sau sij sty tam urt xan yan ιαν янв січ сту яну јан",
    "chw feb fev fab hel lut ots peb shk sub uno vas vee vel φεβ лют феб фев",
    "bre kov maa mac mae mar mas maw mrt ozu μαρ бер мар сак",
    "abr api apr avr bal dub ebr eph huh kwi nis pri tra απρ апр кві кра",
    "geg kve mag mai maj may mei mey svi tou μαι маи мая мај тра",
    (
        "bir cerven cervn cvn cze eka giu haz hun iun iyn iyun juin jun juun kes lipa lipn "
        "meh meit qer xun ιουν июн чер чэр юни јун"
    ),
    (
        "cervenc cervene cvc gor hei hul iul iyl iyul juil jul juul kor lie lipc lipi lug srpa "
        "srpnj tem uzt xul ιουλ июл лип ліп юли јул"
    ),
    "abu aga ago agu aou aug avg avq aws elo gus kol ogo rugp sie srpe srpna αυγ авг жні сер",
    "eyl ira medi rugs ruj sen sep set sht syy sze wrz zar σεπ вер сен сеп",
    "eki hyd lok oct okt ott out paz rij spa tet urr οκτ жов кас окт",
    "aza kas lap listopadu marr nen nob noi nov noy stu tach νοε лис ліс нов ное ноя",
    "abe ara dec dek des det dez dhj dic dis gru jou pro rhag δεκ гру дек дец сне",
)
_MONTH_OF = {
    beginning: month
    for month, beginnings in enumerate(_BEGINNINGS, 1)
    for beginning in beginnings.split()
}
_LONGEST = max(map(len, _MONTH_OF))
# Months of Croatian, which are others in Polish and in Czech.
_CROATIAN = {"lip": 6, "srp": 7, "lis": 10, "listopad": 10, "listopada": 10}
_POLISH = {"lip": 7, "lis": 11, "listopad": 11, "listopada": 11}


def month_named(name: str, day_ends: str = "", year_ends: str = "") -> int | None:
    """The month from 1 that a name means, None where that is none or may be either of two.

    Croatian ends the day and the year of a date with a dot, Polish neither of them.
    """
    word = without_accents(name.lower()).strip(". ")
    if word in _CROATIAN:
        if day_ends == year_ends:
            return (_CROATIAN if year_ends == "." else _POLISH).get(word)
        return None
    found = (_MONTH_OF.get(word[:length]) for length in range(_LONGEST, 2, -1))
    return next(filter(None, found), None)
