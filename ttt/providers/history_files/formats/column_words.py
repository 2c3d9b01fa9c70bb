"""How people and programs call the columns of tables of plays, the likeliest names first."""

from ttt.providers.history_files.blocks import Column

DATES = (
    "date datum data fecha jour dia giorno tag dag дата 日付 日期 날짜 tarih dato paivamaara "
    "paivays ημερομηνια التاريخ תאריך den kuupaev datums"
)
CLOCKS = (
    "time zeit uhrzeit hora heure ora orario tijd uhr timeofday время 時刻 时间 時間 시간 saat "
    "started godzina czas cas vrijeme tid klockslag tidspunkt kello aika ido idopont час ωρα "
    "الوقت שעה"
)
WORDS = {
    Column.TIME: (
        "playedat playedon listenedat scrobbledat scrobbletime playeddate startedat starttimestamp "
        "streamedat dateplayed timeplayed starttime uts ts utctime timestamp entrydate "
        "datetime timems endtime when playtime listentime "
        "zeitpunkt zeitstempel gespieltam gehortam abgespieltam horodatage dateetheure ecoutele "
        f"fechayhora fechahora escuchadoel dataora datahora dataehora tijdstip "
        f"датаивремя 日時 再生日時 播放时间 {DATES} {CLOCKS}"
    ),
    Column.TITLE: "song trackname title tracktitle songname songtitle track name "
    "titredelachanson titulodelacancion titolodelbrano "
    "mastermetadatatrackname titel lied stuck titre morceau chanson titulo cancion tema faixa "
    "musica titolo brano canzone nummer naam название трек песня 曲名 曲 タイトル 歌名 歌曲 "
    "标题 제목 노래",
    Column.ARTIST: "artist artists artistname artistnames trackartist "
    "trackartists primaryartist performer albumartist grandparenttitle "
    "mastermetadataalbumartistname interpret kunstler kunstlerin artiste interprete artista "
    "cantante artiest исполнитель артист アーティスト アーティスト名 歌手 "
    "艺术家 艺人 아티스트 가수",
    Column.ALBUM: "album albumname albumtitle release releasename mastermetadataalbumalbumname "
    "parenttitle "
    "albumtitel titredelalbum disco disque альбом アルバム アルバム名 专辑 앨범",
    Column.MS_PLAYED: "msplayed playedms playdurationms streamdurationms listenedms "
    "mslistened millisecondsplayed",
    Column.SECONDS_PLAYED: "secondsplayed playedseconds listenedseconds listeningtime dureedecoute "
    "playduration consumptiondurationinseconds",
    Column.LENGTH_MS: "durationms lengthms trackdurationms",
    Column.LENGTH_SECONDS: "duration length durations seconds durationseconds lengthseconds "
    "dauer lange spieldauer duree duracion durata duracao duur",
    Column.SPOTIFY_ID: "spotifytrackuri spotifyuri trackuri uri spotifyid spotifytrackid trackid "
    "url trackurl",
    Column.ISRC: "isrc",
    Column.MBID: "mbid trackmbid recordingmbid",
    Column.MEDIA: "mediatype itemtype",
}
