"""How people and programs call the columns of tables with tracks."""

from collections.abc import Mapping

# Names without capitals, accents, spaces and signs; the first column that says something counts.
_BY_MOST: Mapping[str, tuple[str, ...]] = {
    "spotify_id": (
        *("uri", "trackuri", "spotifyuri", "spotifytrackuri", "spotifyid", "spotifytrackid"),
        *("trackid", "spotifylink", "spotifyurl", "tracklink", "trackurl", "trackhref"),
        *("link", "url", "songlink", "songurl", "location", "identifier", "id"),
        "episodeuri",
        *("lien", "enlace", "collegamento", "ссылка"),
    ),
    "title": (
        *("song", "trackname", "title", "track", "songname", "tracktitle", "songtitle", "name"),
        *("mastermetadatatrackname",),
        *("titel", "titre", "titulo", "titolo", "cancion", "chanson", "brano", "musica"),
        *("название", "трек", "песня", "曲名", "タイトル", "歌名", "제목", "곡명"),
    ),
    "artist": (
        *("artist", "artistnames", "artistname", "artists", "trackartist", "trackartists"),
        *(
            "trackartistnames",
            "creator",
            "performer",
            "band",
            "singer",
            "albumartist",
            "albumartistnames",
        ),
        *("mastermetadataalbumartistname", "artistname1", "artist1", "author"),
        "grandparenttitle",
        *("interpret", "interpreten", "kunstler", "artiste", "artistes", "artista", "artistas"),
        *(
            "artiest",
            "interprete",
            "исполнитель",
            "артист",
            "アーティスト",
            "歌手",
            "아티스트",
            "가수",
        ),
    ),
    "album": (
        *("album", "albumname", "albumtitle", "release", "releasename", "albumtitel"),
        *("trackalbumname", "mastermetadataalbumalbumname", "parenttitle"),
        *("titredelalbum", "альбом", "アルバム", "专辑", "專輯", "앨범"),
    ),
    "release_date": (
        *("releasedate", "albumreleasedate", "trackreleasedate", "released"),
        *("releaseyear", "albumreleaseyear", "year"),
        *("albumdate", "trackalbumreleasedate"),
        *("erscheinungsdatum", "jahr", "annee", "ano", "anno", "jaar", "год"),
    ),
    "duration_ms": (
        *("durationms", "trackdurationms", "lengthms", "duration", "trackduration", "length"),
        *(
            "durations",
            "durationsec",
            "durationseconds",
            "seconds",
            "time",
            "totaltime",
            "infoplaytime",
        ),
        *("durationmin", "durationminutes", "lengthmin", "minutes"),
        *("dauer", "lange", "duree", "duracion", "durata", "duracao", "duur"),
    ),
    "isrc": ("isrc", "trackisrc"),
    "genres": (
        "genres",
        "genre",
        "trackgenre",
        "trackgenres",
        "artistgenres",
        "albumgenres",
        "playlistgenre",
    ),
    "popularity": ("popularity", "trackpopularity"),
    "key": ("key", "camelot", "camelotkey", "keycamelot", "tonality"),
    "mode": ("mode",),
    "time_signature": ("timesignature",),
    "energy": ("energy",),
    "valence": ("valence", "happiness", "happy"),
    "tempo": ("averagebpm", "tempo", "bpm", "tempobpm"),
    "danceability": ("danceability", "dance"),
    "acousticness": ("acousticness", "acoustic"),
    "instrumentalness": ("instrumentalness", "instrumental"),
    "liveness": ("liveness", "live"),
    "loudness": ("loudness", "loudnessdb", "loud", "louddb"),
    "speechiness": ("speechiness", "speech"),
}
# As Exportify writes them in its other languages.
_BY_EXPORTIFY = {
    "spotify_id": (
        "رابطالأغنيةuri uriκομματιού uridelacancion uridutitre uridellatraccia トラックuri "
        "nummeruri uridafaixa latensuri parcauri"
    ),
    "title": (
        "اسمالأغنية όνομακομματιού nombredelacancion nomdutitre nomedellatraccia トラック名 "
        "nummernaam nomedafaixa latensnamn parcaadı"
    ),
    "artist": (
        "أسماءالفنانين kunstlernamen όνοματακαλλιτέχνη nombresdelartista nomsdelartiste "
        "nomedellartista アーティスト名 naamvanartiest nomesdoartista artistensnamn sanatcıadı"
    ),
    "album": (
        "اسمالألبوم όνομαάλμπουμ nombredelalbum nomdelalbum nomedellalbum アルバム名 "
        "naamvanalbum nomedoalbum albumetsnamn albumadı"
    ),
    "release_date": (
        "تاريخإصدارالألبوم veroffentlichungsdatumdesalbums ημερομηνίακυκλοφορίασάλμπουμ "
        "fechadelanzamientodelalbum datedesortiedelalbum datadirilasciodellalbum "
        "アルバム発売日 releasedatumvanhetalbum datadelancamentodoalbum albumetsreleasedatum "
        "albumcıkıstarihi"
    ),
    "duration_ms": (
        "مدةالأغنيةبالملليثانية trackdauerms διάρκειακομματιούms duraciondelacancionms "
        "dureedutitrems duratadellatracciams トラックの長さミリ秒 nummerduurms duracaodafaixams "
        "latlangdms parcasuresims"
    ),
    "popularity": (
        "الشعبية beliebtheit δημοτικότητα popularidad popularite popolarita 人気度 "
        "populariteit popularidade popularitet populerlik"
    ),
    "danceability": (
        "قابليةالرقص tanzbarkeit χορευτικότητα bailabilidad danseabilite ballabilita "
        "ダンサビリティ dansbaarheid dancabilidade dansbarhet dansedilebilirlik"
    ),
    "energy": ("الطاقة energie ενέργεια energia エネルギー energi enerji"),
    "key": ("المفتاح tonart τονικότητα tonalidad tonalite chiave キー toonsoort tonalidade ton"),
    "loudness": ("مستوىالصوت lautstarke ένταση ラウドネス luidheid ljudstyrka sesseviyesi"),
    "mode": ("النمط modus τρόποσ modo modalita モード lage mod"),
    "speechiness": (
        "محتوىالكلام sprachanteil ομιλητικότητα hablado parlabilite linguaggioparlato "
        "スピーチ性 spraakzaamheid oralidade talighet konusmaoranı"
    ),
    "acousticness": (
        "الطابعالصوتي akustik ακουστικότητα acustica acoustique アコースティック性 akoestiek "
        "akustiklik"
    ),
    "instrumentalness": (
        "الطابعالآلي instrumentalitat οργανοκεντρικότητα instrumentalidad strumentalita "
        "インストゥルメンタル性 instrumentaliteit instrumentalidade instrumentalhet "
        "enstrumantalite"
    ),
    "liveness": (
        "الحيوية lebendigkeit ζωντάνια vivacidad vivacite vivacita ライブ感 levendigheid "
        "vivacidade livlighet canlılık"
    ),
    "valence": ("الإيجابية valenz θετικότητα valencia valenza 感情値 valentie valens duygusallık"),
    "tempo": ("الإيقاع ρυθμόσ テンポ"),
    "time_signature": (
        "توقيعالزمن taktart μέτρο compas mesure battuta 拍子 maatstreep compasso olcuisareti"
    ),
    "genres": (
        "أنواعالفنان أنواعالألبوم kunstlergenres είδηκαλλιτέχνη είδηάλμπουμ "
        "generosdelartista generosdelalbum genresdelartiste genresdelalbum "
        "generidellartista generidellalbum アーティストジャンル アルバムジャンル "
        "genresvandeartiest genresvanhetalbum generosdoartista generosdoalbum artistensgenrer "
        "albumetsgenrer sanatcıturleri albumturleri"
    ),
}
# In more languages of Europe, and in Arabic, Hebrew and Chinese.
_BY_OTHERS = {
    "title": (
        "tytuł utwor nazwa nazwautworu tytułutworu nazevskladby nazovskladby piosenka skladba "
        "pisen nazev nazov naslov pjesma пісня трек назва песен заглавие pesma sarkı parca "
        "baslık lat latens laatnamn sang sangtittel tittel kappale kappaleennimi cim dal "
        "zeneszam piesa melodie titlu canco titol lugu pealkiri dziesma nosaukums daina "
        "pavadinimas τίτλοσ τραγούδι العنوان الأغنية שיר שם כותרת 歌曲 歌曲名 标题 標題 单曲"
    ),
    "artist": (
        "wykonawca artysta zespoł interpreti umelec izvodac izvođac izvajalec kunstner artisti "
        "esittaja eloado egyuttes interpretul виконавець артист изпълнител изводач sanatcı "
        "καλλιτέχνησ الفنان אמן זמר esitaja izpilditajs atlikejas 艺人 艺术家 藝人 表演者"
    ),
    "tempo": "темп ritmo geschwindigkeit 템포",
    "energy": "энергия енергія енергия 能量 에너지",
    "key": "тональность тональність тоналност tonacja tonina savellaji toneart 调",
    "genres": (
        "genero generos generi genere gatunek gatunki zanr zanry жанр жанры жанри "
        "mufaj mufajok sjanger ジャンル 流派 장르"
    ),
    "popularity": "популярность популярність популярност popularnosc popularita 人气 인기도",
    "duration_ms": (
        "длительность продолжительность тривалість продължителност dlugosc czastrwania delka "
        "dlzka varaktighet varighed varighet kesto hossz 時間 时长 時長 길이 재생시간"
    ),
    "release_date": (
        "датавыпуска датавыхода годвыпуска рік rok rokwydania datawydania vydano "
        "julkaistu utgitt udgivet 发行日期 発売日 발매일"
    ),
    "album": "albumi albuma albumas płyta албум άλμπουμ الألبوم אלבום 专辑名 專輯名",
}
NAMES: Mapping[str, tuple[str, ...]] = {
    field: (*names, *f"{_BY_EXPORTIFY.get(field, '')} {_BY_OTHERS.get(field, '')}".split())
    for field, names in _BY_MOST.items()
}
_SEVERAL_ARTISTS = (
    "artistnames trackartistnames albumartistnames kunstlernamen nombresdelartista nomsdelartiste "
    "nomedellartista naamvanartiest nomesdoartista artistensnamn sanatcıadı アーティスト名 "
    "أسماءالفنانين όνοματακαλλιτέχνη"
)
_ARTISTS_IDS = (
    "artisturis artistids trackartisturis artisturi artistid kunstleruris urisdelartista "
    "urisdelartiste uridellartista artiesturi urisdoartista artistensuri sanatcıuri "
    "アーティストuri روابطالفنانينuri uriκαλλιτέχνηων"
)
# Columns for several artists, which Exportify parts by commas, and those of their ids.
SEVERAL_ARTISTS, ARTISTS_IDS = (
    frozenset(names.split()) for names in (_SEVERAL_ARTISTS, _ARTISTS_IDS)
)
