"""A listening history is led to where histories are taken, and favourites are a list."""

import pytest

from ttt.errors import HistoryInstead
from ttt.services.lists import histories

OWN = '[{"title": "Dust", "artist": "Ada", "%s": "2024-03-02T18:21:00Z"}]'


@pytest.mark.parametrize(
    "content",
    [
        OWN % "played_at",
        "A,B,Song,02 Mar 2024 18:21\nA,B,Other,02 Mar 2024 18:25\n",
        'A,B,"creation_date",02 Mar 2024 18:21\nA,B,Other,02 Mar 2024 18:25\n',
    ],
)
def test_a_history_is_no_list_whatever_its_songs_are_called(content: str) -> None:
    with pytest.raises(HistoryInstead, match="listening history"):
        histories.refuse(content.encode())


@pytest.mark.parametrize("content", [OWN % "creation_date", "title,artist\nDust,Ada\n", ""])
def test_favourites_and_other_lists_are_taken(content: str) -> None:
    histories.refuse(content.encode())
