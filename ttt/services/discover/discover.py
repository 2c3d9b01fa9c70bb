"""Public charts: what others play, each list by itself, matched to Spotify tracks."""

from collections import Counter
from collections.abc import Sequence

from ttt.errors import InvalidInput, ProviderError
from ttt.found import Chart, Charted, FoundTrack, Source
from ttt.providers.charts.base import PublicChart
from ttt.providers.charts.registry import charts
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.discover import charting
from ttt.services.discover.charting import ChartList, ChartRow, Kept
from ttt.services.lists import entries
from ttt.services.matching import matching
from ttt.services.matching.matching import Searched
from ttt.services.person import Person
from ttt.services.spotify import clients
from ttt.services.tables.receipt import Line, Receipt, Refusal
from ttt.services.values import sources

FROM_CATALOGUE = 100
_REQUESTS_A_DAY = 100


def shown(context: Context) -> list[Chart]:
    """The public charts that settings ask for, in their order."""
    return [Chart(name) for name in clients.settings(context).shown_charts]


def why_off(context: Context, chart: Chart) -> str | None:
    """Why a chart cannot be asked for at all, as a sentence."""
    return _public(context, chart).why_off


def read(context: Context, chart: Chart) -> ChartList:
    """A chart as it is stored."""
    return charting.read(context, _kept(context, chart))


def due(context: Context) -> list[Chart]:
    """Charts that should be fetched now."""
    return [chart for chart in shown(context) if is_due(context, chart)]


def is_due(context: Context, chart: Chart) -> bool:
    """Whether a chart is older than a day and may be asked for."""
    return why_off(context, chart) is None and charting.due(context, _kept(context, chart))


def refresh(context: Context, chart: Chart) -> bool:
    """Fetch a chart if it is due, by one request; False when something was in the way.

    What it was is kept with the chart.
    """
    if not is_due(context, chart):
        return True
    try:
        charting.fetch(context, _kept(context, chart), _public(context, chart).fetch)
    except ProviderError:
        return False
    return True


def add(context: Context, person: Person, rows: Sequence[ChartRow]) -> Receipt:
    """Save the matched ones of these rows as trending; the others are refused, by their rank."""
    lines = [Line(r.rank, _text(r.entry), r.spotify_id) for r in rows if r.spotify_id is not None]
    refused = [
        Refusal(row.rank, _text(row.entry), f"{row.entry.title} is not matched to Spotify yet.")
        for row in rows
        if row.spotify_id is None
    ]
    return entries.save(context, person, lines, refused)


def match(context: Context, person: Person, rows: Sequence[ChartRow]) -> Searched:
    """Match rows: by what is known here, and then by searching the person's Spotify."""
    named = [row.named for row in rows if row.uri is None]
    known = matching.known(context, named)
    return matching.search(context, person, [name for name in named if name not in known])


def catalogue_genres(context: Context) -> list[str]:
    """Genres of the bundled catalogue, the commonest first."""
    tracks = _catalogue(context).tracks()
    counts = Counter(genre for track in tracks for genre in track.genres)
    return [genre for genre, _ in counts.most_common()]


def from_catalogue(context: Context, genre: str | None = None) -> ChartList:
    """The most popular tracks of the bundled catalogue in autumn 2022; nothing is asked.

    InvalidInput for a genre that it does not know.
    """
    tracks = [t for t in _catalogue(context).tracks() if genre is None or genre in t.genres]
    if not tracks:
        raise InvalidInput(f"The catalogue has no tracks of the genre {genre}.")
    tracks.sort(key=lambda track: (-(track.popularity or 0), track.spotify_id))
    rows = (
        ChartRow(rank, _charted(track), spotify_id=track.spotify_id)
        for rank, track in enumerate(tracks[:FROM_CATALOGUE], start=1)
    )
    return ChartList(tuple(rows))


def _text(entry: Charted) -> str:
    return f"{entry.artist} - {entry.title}"


def _charted(track: FoundTrack) -> Charted:
    artists = ", ".join(artist.name for artist in track.artists)
    return Charted(track.title, artists, track.popularity)


def _catalogue(context: Context) -> Catalogue:
    return Catalogue.load(context.settings.catalogue_file)


def _kept(context: Context, chart: Chart) -> Kept:
    match chart:
        case Chart.APPLE:
            name = f"{chart} {context.settings.chart_country}"
            return Kept(name, chart, "apple charts", _REQUESTS_A_DAY)
        case Chart.LISTENBRAINZ:
            return Kept(chart, chart, chart, _REQUESTS_A_DAY)
    # These are asked for values too: what they allow holds for both.
    source = Source(chart.value)
    limits_name = sources.service(context, source)
    return Kept(chart, chart, limits_name, sources.budget(context, source))


def _public(context: Context, chart: Chart) -> PublicChart:
    return charts(context.settings, context.now)[chart]
