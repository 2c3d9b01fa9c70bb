from ttt.services.values.asked import Asked


def test_nothing_was_asked_before_something_is() -> None:
    assert (Asked().requests, Asked().hits, Asked().misses) == (0, 0, 0)
    assert (Asked().trouble, Asked().blocked) == (None, False)


def test_requests_add_up_and_the_last_trouble_counts() -> None:
    first, second = Asked(1, 30, 10, "slow", blocked=True), Asked(2, 5, 1)
    assert first + second == Asked(3, 35, 11, "slow", blocked=False)
    assert first + Asked(trouble="away", blocked=True) == Asked(1, 30, 10, "away", blocked=True)
