"""Why a file is no listening history, or not one that can be read."""

from enum import StrEnum


class WhyNoHistory(StrEnum):
    """Of a whole file as the `why` of HistoryRefused, or of one member that is passed over."""

    DAMAGED_ZIP = "damaged zip"
    ENCRYPTED = "encrypted"
    TOO_BIG = "too big"
    TOO_MANY_MEMBERS = "too many members"
    ZIP_INSIDE = "zip inside"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    ZSTANDARD = "zstandard"
    NO_HISTORY = "no history"
    LIST_OF_TRACKS = "list of tracks"
    PICTURE = "picture"
    DOCUMENT = "document"
    WORKBOOK = "workbook"
    BIG_WORKBOOK = "big workbook"
    DATABASE = "database"
    EMPTY = "empty"
    NEVER_READ = "never read"
    SAME_AGAIN = "same again"
    OTHER_FOLDER = "other folder"
    ZONE_NEEDED = "zone needed"
    COLUMNS_NEEDED = "columns needed"
    DATES_NEEDED = "dates needed"
    SEVERAL_PEOPLE = "several people"
