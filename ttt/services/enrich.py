"""Fills in what Spotify no longer says, from the catalogue; asks nobody over the network."""

from collections.abc import Iterable

from sqlmodel import Session

from ttt.found import Source
from ttt.providers.catalogue import OBSERVED_AT, Catalogue
from ttt.services.context import Context
from ttt.store import tracks


def from_catalogue(context: Context, session: Session, spotify_ids: Iterable[str]) -> None:
    """Save the catalogue's description, features and popularity of those tracks it knows."""
    catalogue = Catalogue.load(context.settings.catalogue_file)
    found = [track for i in spotify_ids if (track := catalogue.track(i)) is not None]
    tracks.save(session, found, Source.CATALOGUE, OBSERVED_AT)
