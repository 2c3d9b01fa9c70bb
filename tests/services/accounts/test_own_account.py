from ttt.services.accounts import accounts, own_account
from ttt.services.context import Context
from ttt.services.doors import sign_in
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


def test_another_name_signs_nobody_out(context: Context, ada: Person) -> None:
    signed_in = sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None)
    assert signed_in is not None
    own_account.change_details(context, ada, " Ada Lovelace ", "ada@example.org")
    seen = sign_in.current_person(context, signed_in[0])
    assert seen is not None
    assert (seen.name, seen.email) == ("Ada Lovelace", "ada@example.org")
