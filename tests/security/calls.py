"""How each function that takes something of somebody's is called: a line each.

A new function that the walk does not know fails `test_every_function_is_walked`. What to do then:
- it takes something that belongs to one person: a line in OWNERS;
- it is for admins: a line in ADMINS;
- it is for neither, and why: its name in UNCHECKED;
- its parameter can never name anything of anybody's: the parameter in NAMES_NOTHING.
A function that is called in several ways has a word behind its name, as in
"lists.arranging.move from".
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tests.services.spotify.several import given
from ttt.errors import HistoryRefused, SpotifyUnavailable
from ttt.found import FoundTrack, Source
from ttt.jobs import departing, queue
from ttt.roles import Role
from ttt.services.accounts import (
    accounts,
    audit_log,
    decisions,
    leaving,
    own_account,
    removing,
    roster,
)
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.doors import one_time_links, openid, own_sessions, second_factor
from ttt.services.lists import (
    arranging,
    describing,
    entries,
    importing,
    imports,
    lists,
    own_imports,
    waiting,
)
from ttt.services.lists.arranging import Step
from ttt.services.lists.lists import Access
from ttt.services.person import Person
from ttt.services.playlists import own as own_playlists
from ttt.services.playlists import playlists
from ttt.services.playlists.playlists import Sent
from ttt.services.plays.bringing import asking as plays_asking
from ttt.services.plays.bringing import importing as plays_importing
from ttt.services.plays.bringing import imports as plays_imports
from ttt.services.plays.bringing import receipt as plays_receipt
from ttt.services.plays.bringing import uploads as plays_uploads
from ttt.services.plays.choices import hiding, joining
from ttt.services.plays.sharing import agreeing, recap_links
from ttt.services.recorders import following
from ttt.services.recorders.players import tokens
from ttt.services.server import maintenance
from ttt.services.server.watching import state as server_state
from ttt.services.spotify import connecting, keeping, seats
from ttt.services.tables.receipt import Line, Receipt, Waiting

URI = f"spotify:track:{'1' * 22}"
OTHER = f"spotify:track:{'2' * 22}"
CSV = f"Spotify URI\n{OTHER}\n".encode()
PASSWORD, NEW_PASSWORD = "correct horse battery", "quite another battery"
ISSUER = "https://sign-in.example.org"


@dataclass(frozen=True)
class Belongings:
    """What Ada has; `list_id` is a list of hers that holds URI."""

    username: str
    list_id: int
    deleted_id: int
    removal: str
    sent: Sent
    state: str
    session_id: str
    upload_id: int
    token_id: int
    recorder_id: int
    played: Sequence[int]
    hidden_id: int
    import_id: int
    own_import_id: int
    agreement_id: int
    recap_link_id: int
    client: str


Call = Callable[[Context, Person, Belongings], object]


def _in_session(call: Callable[..., object], *, edit: bool) -> Call:
    def opened(context: Context, person: Person, its: Belongings) -> None:
        with context.session() as session:
            call(session, person, its.list_id, **({"edit": True} if edit else {}))

    return opened


def _put(context: Context, person: Person, its: Belongings) -> None:
    with context.session() as session:
        lines = [Line(1, OTHER, OTHER[14:])]
        entries.put(context, session, person, lines, [], list_id=its.list_id)
        session.commit()


def _take_off(context: Context, person: Person, its: Belongings) -> None:
    with context.session() as session:
        entries.take_off(context, session, person, [URI], its.list_id)
        session.commit()


def _kept(context: Context, person: Person, list_id: int) -> None:
    with context.session() as session:
        imports.keep(context, person, "f", list_id, session, Receipt(0, 0))
        session.commit()


def _no_table(context: Context, person: Person, its: Belongings) -> None:
    with suppress(HistoryRefused):  # Ada's is a log, as she is told and nobody else
        plays_asking.table(context, person, its.upload_id)


def _add_client(context: Context, person: Person, _its: Belongings) -> None:
    nowhere = {"spotify_accounts_url": "http://127.0.0.1:1"}
    settings = context.settings.model_copy(update=nowhere)
    with suppress(SpotifyUnavailable):
        keeping.add(replace(context, settings=settings), person, "Another", given("another"), "")


# Only its owner may, and for lists those who share it: (context, whoever acts, what is Ada's).
OWNERS: Mapping[str, Call] = {
    "lists.arranging.step": lambda c, p, its: arranging.step(c, p, [URI], Step.UP, its.list_id),
    "lists.arranging.place": lambda c, p, its: arranging.place(c, p, [URI], 1, its.list_id),
    "lists.arranging.reorder": lambda c, p, its: arranging.reorder(c, p, [URI], its.list_id),
    "lists.arranging.move from": lambda c, p, its: arranging.move(c, p, [URI], its.list_id, None),
    "lists.arranging.move to": lambda c, p, its: arranging.move(c, p, [OTHER], None, its.list_id),
    "lists.arranging.note": lambda c, p, its: arranging.note(
        c, p, URI, "read", ["mine"], its.list_id
    ),
    "lists.describing.pending": lambda c, p, its: describing.pending(c, p, its.list_id),
    "lists.describing.new": lambda c, p, its: describing.new(c, p, [OTHER[14:]], its.list_id),
    "lists.entries.listed": lambda c, p, its: entries.listed(c, p, its.list_id),
    "lists.entries.add": lambda c, p, its: entries.add(c, p, [OTHER, "Bob - Song"], its.list_id),
    "lists.entries.add_uris": lambda c, p, its: entries.add_uris(c, p, [OTHER], its.list_id),
    "lists.entries.add_found": lambda c, p, its: entries.add_found(
        c, p, [FoundTrack(OTHER[14:], "Song", ())], Source.SPOTIFY, its.list_id
    ),
    "lists.entries.save": lambda c, p, its: entries.save(
        c, p, [Line(1, OTHER, OTHER[14:])], [], list_id=its.list_id
    ),
    "lists.entries.put": _put,
    "lists.entries.remove": lambda c, p, its: entries.remove(c, p, [URI], its.list_id),
    "lists.entries.take_off": _take_off,
    "lists.entries.undo": lambda c, p, its: entries.undo(c, p, its.removal, its.list_id),
    "lists.entries.for_writing": _in_session(entries.for_writing, edit=False),
    "lists.importing.import_": lambda c, p, its: importing.import_(c, p, CSV, its.list_id),
    "lists.imports.take": lambda c, p, its: imports.take(c, p, CSV, "f.csv", list_id=its.list_id),
    "lists.imports.add": lambda c, p, its: imports.add(c, p, [OTHER, "x"], its.list_id),
    "lists.imports.keep": lambda c, p, its: _kept(c, p, its.list_id),
    "lists.imports.listed": lambda c, p, its: imports.listed(c, p, its.list_id),
    "lists.imports.find": lambda c, p, its: imports.find(c, p, its.import_id),
    "lists.waiting.take_back": lambda c, p, its: waiting.take_back(
        c, p, Receipt(0, 0, import_id=its.import_id), its.list_id
    ),
    "lists.imports.close": lambda c, p, its: imports.close(c, p, its.import_id),
    "lists.own_imports.close": lambda c, p, its: own_imports.close(c, p, its.own_import_id),
    "lists.waiting.on_list": lambda c, p, its: waiting.on_list(c, p, its.list_id),
    "lists.lists.rename": lambda c, p, its: lists.rename(c, p, its.list_id, "Read by Bob"),
    "lists.lists.share": lambda c, p, its: lists.share(c, p, its.list_id, Access.EDIT),
    "lists.lists.delete": lambda c, p, its: lists.delete(c, p, its.list_id),
    "lists.lists.restore": lambda c, p, its: lists.restore(c, p, its.deleted_id),
    "lists.lists.opened": _in_session(lists.opened, edit=False),
    "lists.lists.opened edit": _in_session(lists.opened, edit=True),
    "lists.lists.require_edit": lambda c, p, its: lists.require_edit(c, p, its.list_id),
    "doors.openid.unbind": lambda c, p, _: openid.unbind(c, p, ISSUER, "ada at the provider"),
    "doors.own_sessions.revoke": lambda c, p, its: own_sessions.revoke(c, p, its.session_id),
    "playlists.own.add_all": lambda c, p, its: own_playlists.add_all(c, p, "x", its.list_id),
    "playlists.own.compare": lambda c, p, its: own_playlists.compare(c, p, its.sent.id),
    "playlists.playlists.again": lambda c, p, its: playlists.again(c, p, its.sent.id),
    "playlists.playlists.resume": lambda c, p, its: playlists.resume(c, p, its.sent.id),
    "playlists.playlists.find": lambda c, p, its: playlists.find(c, p, its.sent.id),
    "playlists.playlists.rows": lambda c, p, its: playlists.rows(c, p, its.sent.id),
    "plays.choices.hiding.hide": lambda c, p, its: hiding.hide(
        c, p, hiding.Kind.TRACK, track_id=its.played[0]
    ),
    "plays.choices.hiding.show": lambda c, p, its: hiding.show(c, p, its.hidden_id),
    "plays.choices.joining.join": lambda c, p, its: joining.join(c, p, its.played),
    "plays.choices.joining.part": lambda c, p, its: joining.part(c, p, its.played),
    "plays.bringing.asking.folders": lambda c, p, its: plays_asking.folders(c, p, its.upload_id),
    "plays.bringing.asking.table": _no_table,
    "plays.bringing.imports.so_far": lambda c, p, its: plays_imports.so_far(c, p, its.upload_id),
    "plays.bringing.importing.answer": lambda c, p, its: plays_importing.answer(
        c, p, its.upload_id, zone="Europe/Berlin"
    ),
    "plays.bringing.importing.in_file": lambda c, p, its: plays_importing.in_file(
        c, p, its.upload_id
    ),
    "plays.bringing.importing.undo": lambda c, p, its: plays_importing.undo(c, p, its.upload_id),
    "plays.bringing.receipt.refused_rows": lambda c, p, its: plays_receipt.refused_rows(
        c, p, its.upload_id
    ),
    "plays.bringing.uploads.drop": lambda c, p, its: plays_uploads.drop(c, p, its.upload_id),
    "plays.bringing.uploads.find": lambda c, p, its: plays_uploads.find(c, p, its.upload_id),
    "plays.bringing.uploads.put": lambda c, p, its: plays_uploads.put(c, p, its.upload_id, 0, b"x"),
    "plays.sharing.agreeing.partner": lambda c, p, its: agreeing.partner(c, p, its.agreement_id),
    "plays.sharing.agreeing.end": lambda c, p, its: agreeing.end(c, p, its.agreement_id),
    "plays.sharing.recap_links.end": lambda c, p, its: recap_links.end(c, p, its.recap_link_id),
    "queue.look_up_names": lambda c, p, its: queue.look_up_names(
        c, p, Receipt(0, 0, import_id=its.import_id, waiting=(Waiting(1, "x", "x", "x"),))
    ),
    "queue.send_playlist": lambda c, p, its: queue.send_playlist(c, p, its.sent),
    "recorders.following.unfollow": lambda c, p, its: following.unfollow(c, p, its.recorder_id),
    "recorders.players.tokens.revoke": lambda c, p, its: tokens.revoke(c, p, its.token_id),
    "spotify.connecting.finish": lambda c, p, its: connecting.finish(
        c, p, {"code": "x", "state": its.state}
    ),
}
# What those may do too who only see a list.
READS = {
    *("lists.describing.pending", "lists.entries.listed", "lists.imports.listed"),
    "lists.waiting.on_list",
    "lists.lists.opened",
}
# What a list's sharing does not reach: it is not about a list that is there, or the owner's alone.
NOT_SHARED = {
    *("lists.lists.rename", "lists.lists.share", "lists.lists.delete", "lists.lists.restore"),
    *(
        "playlists.own.compare",
        "playlists.playlists.again",
        "playlists.playlists.resume",
        "playlists.playlists.find",
    ),
    *("playlists.playlists.rows", "queue.send_playlist", "spotify.connecting.finish"),
    *(
        "lists.imports.find",
        "lists.imports.close",
        "lists.waiting.take_back",
        "lists.own_imports.close",
    ),
    "queue.look_up_names",
    *("doors.openid.unbind", "doors.own_sessions.revoke"),
    *("plays.choices.hiding.hide", "plays.choices.hiding.show"),
    *("plays.choices.joining.join", "plays.choices.joining.part"),
    *(
        "plays.bringing.asking.folders",
        "plays.bringing.asking.table",
        "plays.bringing.imports.so_far",
    ),
    *(
        "plays.bringing.importing.answer",
        "plays.bringing.importing.in_file",
        "plays.bringing.importing.undo",
    ),
    "plays.bringing.receipt.refused_rows",
    *("plays.bringing.uploads.drop", "plays.bringing.uploads.find", "plays.bringing.uploads.put"),
    *("plays.sharing.agreeing.partner", "plays.sharing.agreeing.end"),
    "plays.sharing.recap_links.end",
    *("recorders.following.unfollow", "recorders.players.tokens.revoke"),
}

# Only who is an admin now may, to Ada.
ADMINS: Mapping[str, Call] = {
    "accounts.accounts.listed": lambda c, p, _: accounts.listed(c, p),
    "accounts.accounts.add": lambda c, p, _: accounts.add(
        c, p, "mallory", NEW_PASSWORD, role=Role.ADMIN
    ),
    "accounts.accounts.set_password": lambda c, p, its: accounts.set_password(
        c, p, its.username, NEW_PASSWORD
    ),
    "accounts.accounts.set_role": lambda c, p, its: accounts.set_role(
        c, p, its.username, Role.ADMIN
    ),
    "accounts.accounts.set_disabled": lambda c, p, its: accounts.set_disabled(
        c, p, its.username, True
    ),
    "accounts.accounts.altered": lambda c, p, its: accounts.altered(
        c, p, its.username, "disabled", lambda user: setattr(user, "disabled_at", c.now())
    ),
    "accounts.accounts.end_sessions": lambda c, p, its: accounts.end_sessions(c, p, its.username),
    "accounts.audit_log.page": lambda c, p, _: audit_log.page(c, p, audit_log.Filter()),
    "accounts.audit_log.actions": lambda c, p, _: audit_log.actions(c, p),
    "accounts.audit_log.export": lambda c, p, _: audit_log.export(c, p, audit_log.Filter()),
    "doors.one_time_links.reset_link": lambda c, p, its: one_time_links.reset_link(
        c, p, its.username
    ),
    "doors.one_time_links.invite": lambda c, p, _: one_time_links.invite(c, p, Role.ADMIN),
    "doors.one_time_links.invitations": lambda c, p, _: one_time_links.invitations(c, p),
    "doors.one_time_links.revoke_invitation": lambda c, p, _: one_time_links.revoke_invitation(
        c, p, "x"
    ),
    "accounts.removing.delete": lambda c, p, its: removing.delete(c, p, its.username),
    "accounts.removing.cost": lambda c, p, its: removing.cost(c, p, accounts.find(c, its.username)),
    "departing.delete": lambda c, p, its: departing.delete(c, p, its.username),
    "accounts.roster.listed": lambda c, p, _: roster.listed(c, p),
    "doors.second_factor.reset": lambda c, p, its: second_factor.reset(c, p, its.username),
    "server.watching.state.read": lambda c, p, _: server_state.read(c, p),
    "server.maintenance.begin": lambda c, p, _: maintenance.begin(c, p),
    "accounts.decisions.decide": lambda c, p, _: decisions.decide(c, p, Decisions("open", "Hello")),
    "spotify.keeping.add": _add_client,
    "spotify.keeping.remove": lambda c, p, its: keeping.remove(c, p, its.client),
    "spotify.seats.benches": lambda c, p, _: seats.benches(c, p),
    "spotify.seats.free": lambda c, p, its: seats.free(c, p, its.username),
    "queue.listed": lambda c, p, _: queue.listed(c, p),
    "queue.retry": lambda c, p, _: queue.retry(c, p, "job"),
}

# What people do to their own account, which nobody else's Person reaches.
OWN: Mapping[str, Call] = {
    "accounts.leaving.leave": lambda c, p, _: leaving.leave(c, p, p.username, PASSWORD),
    "departing.leave": lambda c, p, _: departing.leave(c, p, p.username, PASSWORD),
    "accounts.own_account.change_details": lambda c, p, _: own_account.change_details(
        c, p, "New", ""
    ),
    "accounts.own_account.first_zone": lambda c, p, _: own_account.first_zone(
        c, p, "Europe/Berlin"
    ),
    "accounts.own_account.change_password": lambda c, p, its: own_account.change_password(
        c, p, PASSWORD, NEW_PASSWORD, its.state
    ),
}

# Functions without a check, by the reason why there is none.
UNCHECKED: Mapping[str, str] = {
    "for the command line, whose user owns the data": """
        accounts.accounts.find server.backups.backups.backup server.backups.backups.restore
        spotify.keeping.bring_for server.rotation.rotate queue.find queue.outcome
        context.prepare""",
    "for background work, which was started for whom it names": """
        accounts.accounts.by_id values.enrich.ask queue.enrich queue.start
        lists.imports.advance
        playlists.sending.advance plays.heard.waiting plays.heard.borrow
        plays.bringing.importing.finish plays.bringing.importing.plan
        plays.bringing.importing.read plays.bringing.importing.run plays.deriving.deriving.derive
        plays.deriving.deriving.people_waiting plays.deriving.deriving.shares_waiting
        plays.deriving.deriving.is_foreign plays.deriving.verdicts.alone
        plays.deriving.verdicts.known plays.deriving.verdicts.held plays.deriving.verdicts.of
        plays.deriving.windows.everything plays.deriving.parts.everything
        plays.deriving.gathering.gather
        plays.deriving.windows.read
        plays.bringing.reading.read_member plays.undoing.settle values.enrich.pending
        values.sources.look_up values.spotify_features.ask
        recorders.endings.warn recorders.following.page recorders.recording.look
        recorders.players.relaying.advance""",
    "told and put down for callers that have checked, in their own transaction": """
        accounts.accounts.by_name tracks.listing.rows queue.is_sending queue.forget
        values.from_file.keep
        accounts.trail.record person.own discover.charting.read discover.charting.due
        discover.charting.fetch accounts.accounts.new accounts.accounts.opened
        accounts.removing.remove doors.one_time_links.add_reset accounts.newcomers.welcome
        accounts.newcomers.bind doors.post.invitation
        my_data.collecting.collect my_data.playing.collect my_data.playing.files
        plays.out.exporting.told plays.gaps.close plays.gaps.reopen
        plays.identities.note plays.identities.of_plays
        plays.bringing.reading.opened plays.bringing.receipt.counted
        plays.bringing.uploads.opened plays.recordings.of plays.undoing.take_back
        recorders.missing.judge recorders.players.submitting.submit
        recorders.players.relaying.take
        recorders.private.sealed recorders.private.opened
        recorders.players.tokens.set_playing spotify.block.current spotify.block.require_none
        spotify.block.kept spotify.clients.of spotify.clients.serving spotify.clients.is_off
        spotify.clients.require_on spotify.seats.told
        values.spotify_features.service values.sources.service spotify.seats.connected
        spotify.spotify.forget spotify.keeping.try_ server.watching.at_spotify.served
        server.watching.at_spotify.findings spotify.clients.lasting
        spotify.looking.forget""",
    "names which of one's own browsers this is; others' are not among them": """
        doors.own_sessions.listed doors.own_sessions.revoke_others""",
    "for everybody: what people put on their trending lists": "lists.entries.everyones",
    "the secret that it takes is what is checked": """
        doors.sign_in.check_password doors.sign_in.redeem_ticket doors.sign_in.burn_proof
        doors.sign_in.current_person doors.sign_in.sign_out accounts.throttle.count
        accounts.throttle.forgive accounts.throttle.starts_wait doors.one_time_links.look
        doors.one_time_links.claim doors.registration.accept doors.resetting.set_password
        doors.second_factor.confirm doors.second_factor.check doors.second_factor.disable
        doors.second_factor.new_recovery_codes doors.openid.claim doors.openid.identify
        doors.openid.enter doors.openid.bind doors.pending.resume doors.known_browsers.counter
        doors.known_browsers.remember recorders.players.submitting.sender
        recorders.players.tokens.sender
        plays.sharing.agreeing.agree plays.sharing.agreeing.offered
        plays.sharing.recap_links.opened""",
    "names something new, of whoever acts": """
        lists.lists.create discover.listening.set_username discover.listening.keep_username
        plays.bringing.uploads.begin lists.own_imports.take
        playlists.playlists.send doors.registration.register recorders.following.follow
        recorders.players.tokens.make recorders.players.relaying.begin
        plays.sharing.recap_links.make spotify.keeping.bring
        spotify.seats.tell""",
    "asks Spotify, which knows whose what is": "playlists.own.contents spotify.playback.play",
    "names no person but a process": """
        server.waiting.wait_for_database server.workers.take server.workers.take_name""",
}

# Parameters that can never name what belongs to somebody.
NAMES_NOTHING = set(
    """
    access action address answer ask belief budget change chart choices clocks connection content
    count current dated decided disabled door draft edit email encoding end_sessions error fields
    file first force form found genre hits keep kind known limit lines lists look_around lookups
    misses most named new newest next_path number open_only origin own password period periods
    purpose query refused request role rows said saved seed seeds service sheet since source span
    spotify_ids stored stream subject tags text texts tops track_ids until uri uris values verdicts
    wanted way wish without zone
    """.split()  # noqa: SIM905
)
