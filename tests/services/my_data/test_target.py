"""What became of the records of an upload is counted, each once."""

from ttt.services.my_data.target import Count


def test_what_became_of_records_is_counted_in_words() -> None:
    count = Count("top tracks")
    count.take(added=True)
    count.take(added=False)
    assert (str(count), count.total) == ("Top tracks: 1 added, 1 already there", 2)
    count.refuse(3, "x" * 81, "No.")
    assert (str(count), count.total) == ("Top tracks: 1 added, 1 already there, 1 refused", 3)
    assert count.refused[0].text == "x" * 80
