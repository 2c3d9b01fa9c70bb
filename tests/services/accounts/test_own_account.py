from ttt.services.accounts import accounts, own_account
from ttt.services.context import Context
from ttt.services.person import Person


def zone(context: Context, person: Person) -> str | None:
    with context.session() as session:
        return accounts.by_name(session, person.username).time_zone


def test_the_first_zone_a_browser_tells_is_kept_and_no_later_one(
    context: Context, ada: Person
) -> None:
    own_account.first_zone(context, ada, "Middle-earth/Shire")
    assert not zone(context, ada)
    own_account.first_zone(context, ada, "Europe/Berlin")
    assert zone(context, ada) == "Europe/Berlin"
    own_account.first_zone(context, ada, "Asia/Tokyo")
    assert zone(context, ada) == "Europe/Berlin"
