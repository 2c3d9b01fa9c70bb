from ttt.models import ServerSetting
from ttt.services.context import Context
from ttt.services.keys.vault import new_secret
from ttt.services.server import demo_key
from ttt.store.encrypted import DEMO_KEY


def kept(context: Context) -> str:
    with context.session() as session:
        found = session.get(ServerSetting, DEMO_KEY)
        assert found is not None
        return found.value


def test_the_key_is_that_of_earlier_versions_and_stays(context: Context) -> None:
    first = context.vault.derived_key("demo Spotify")
    assert demo_key.read(context) == first
    assert context.vault.file is not None
    context.vault.file.put_in_front(new_secret())
    assert context.vault.derived_key("demo Spotify") != first
    assert demo_key.read(context) == first


def test_the_key_is_kept_encrypted(context: Context) -> None:
    demo_key.read(context)
    assert context.vault.decrypt(kept(context)) is not None
    assert kept(context).startswith("gAAAA")


def test_a_key_that_nobody_can_read_gives_way_to_another(context: Context) -> None:
    first = demo_key.read(context)
    assert context.vault.file is not None
    context.vault.file.put_in_front(new_secret())
    context.vault.file.drop_former()
    second = demo_key.read(context)
    assert second != first
    assert demo_key.read(context) == second
