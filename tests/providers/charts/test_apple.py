from tests.providers.charts.conftest import answer, made
from tests.providers.scripted import Server
from ttt.found import Chart
from ttt.providers.http import Client


def test_one_request_asks_for_the_country(client: Client, server: Server) -> None:
    link = "https://music.apple.com/de/album/x/1"
    cover = "https://is1-ssl.mzstatic.com/image/100x100bb.jpg"
    server.will(answer(Chart.APPLE, ("T", "A"), url=link, artworkUrl100=cover))
    [entry] = made(Chart.APPLE, client, server.url).fetch()
    assert (entry.link, entry.cover_url, entry.plays) == (link, cover, None)
    assert server.paths == ["/api/v2/de/music/most-played/50/songs.json"]
