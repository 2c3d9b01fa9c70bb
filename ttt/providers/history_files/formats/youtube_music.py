"""YouTube Music within Google's watch-history.json: no lengths, and skips look like plays."""

import re

import msgspec

from ttt.plays import Kind, LeftOut, RefusedRow, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import moment, name
from ttt.providers.history_files.formats.named import Named, several

# "Watched ..." in the languages of which the wording is known; other titles stay as they are. A
# title may begin with a short word for it, so that those come last.
_WATCHED = tuple(
    re.compile(wording)
    for wording in (
        (
            r"(?:Watched|Listened to|Vous avez regardé|Has visto|Hai guardato|(?:Você )?[Aa]ssistiu"
            r" a|Tittade på|Obejrzano:?|观看了|已觀看|觀看了|Просмотрено видео|Ви дивилися відео"
            r"|Переглянуто відео|Zhlédli jste video|Гледахте|Παρακολουθήσατε το βίντεο|Ați vizionat"
            r"|Pinanood ang|تمت مشاهدة|را تماشا کردید|Så på)\s*(.*)"
        ),
        r"Je hebt naar (.*) gekeken",
        (
            r"(.*?)\s*(?:angesehen|bekeken|を視聴しました|을\(를\) 시청했습니다\.?|izlənildi"
            r"|katsottiin|(?:adlı videoyu|videosunu) izlediniz|দেখা হয়েছে|देखा|دیکھی)"
        ),
        r"(?:Viu|Så) (.*)",
    )
)
# What YouTube calls the channels that it makes for artists, in its languages.
_TOPIC = re.compile(
    r"\s[-–]\s(?:Topic|Thema|Thème|Tema|Tópico|Argomento|Onderwerp|Temat|Тема|トピック|주제|主题|主題"
    r"|Konu|Ämne|Emne|Aihe|Téma|Subiect|Topik|Chủ đề|หัวข้อ|Θέμα|विषय|נושא|موضوع)$",
    re.IGNORECASE,
)


# In the place of its title, of what is no longer there.
_REMOVED = re.compile(r"https?://(?:www\.|music\.)?youtube\.com/")


class Subtitle(msgspec.Struct, gc=False):
    """A channel: for music the artist's."""

    name: str | None = None


class Row(msgspec.Struct, gc=False, rename="camel"):
    """What is read of a row."""

    header: str | None = None
    title: str | None = None
    title_url: str | None = None
    subtitles: list[Subtitle] | None = None
    time: str | None = None


def told(row: Row | None, number: int, given: Given) -> Told:
    """What a row tells of; anything but music is left out."""
    if row is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    if not is_music(row.header, row.title_url):
        return LeftOut(number, Kind.VIDEO)
    channel = name(row.subtitles[0].name) if row.subtitles else None
    if channel is None or is_removed(row.title):
        return LeftOut(number, Kind.NAMELESS)
    title = name(row.title)
    return Named(
        title=watched(title) if title else None,
        artists=several(artist(channel)),
        told_at=moment(row.time),
        timeless=row.time is None,
    ).play(number, given)


def is_music(header: str | None, url: str | None) -> bool:
    """Whether what was played is YouTube Music's, and no film or clip of YouTube's."""
    return header == "YouTube Music" or "//music.youtube." in (url or "")


def watched(title: str) -> str:
    """A title without the words for having watched it."""
    found = (wording.fullmatch(title) for wording in _WATCHED)
    return next((one[1] for one in found if one), title)


def is_removed(title: str | None) -> bool:
    """Whether an address stands in the place of a title."""
    return bool(_REMOVED.search(title or ""))


def artist(channel: str) -> str:
    """Whose channel it is that YouTube made for an artist; any other's own name."""
    return _TOPIC.sub("", channel)
