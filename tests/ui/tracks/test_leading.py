import pytest

from ttt.ui.tracks import leading

HEARD = {"Ada", "Tyler, The Creator", "Earth, Wind & Fire", "Tyler"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada", ["Ada"]),
        ("Ada, Nobody", ["Ada", "Nobody"]),
        ("Tyler, The Creator", ["Tyler, The Creator"]),
        ("Nobody, Earth, Wind & Fire, Ada", ["Nobody", "Earth, Wind & Fire", "Ada"]),
        ("Crosby, Stills, Tyler", ["Crosby", "Stills", "Tyler"]),
        ("", []),
    ],
)
def test_artists_that_were_heard_are_told_apart_by_their_longest_names(
    text: str, names: list[str]
) -> None:
    found = leading.listed(text, HEARD)

    assert [name for name, _ in found] == names
    assert [bool(link) for _, link in found] == [name in HEARD for name in names]


def test_a_name_stays_text_whatever_it_says() -> None:
    name = '<b>AC/DC</b> & "Co"'
    html = leading.html(leading.artists([name, "<i>Nobody</i>"], {name}))

    assert html == (
        '<a href="/artist?name=%3Cb%3EAC%2FDC%3C%2Fb%3E%20%26%20%22Co%22" target="_self">'
        "<bdi>&lt;b&gt;AC/DC&lt;/b&gt; &amp; &quot;Co&quot;</bdi></a>, &lt;i&gt;Nobody&lt;/i&gt;"
    )


def test_pages_are_addressed_by_id_or_name() -> None:
    assert leading.track("spotify:track:7") == "/track?id=7"
    assert leading.genre("drum & bass") == "/genre?name=drum%20%26%20bass"
