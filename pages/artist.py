"""Everything about one artist that was heard."""

from ttt.chartdata import Of
from ttt.ui.accounts import session
from ttt.ui.plays import lives

lives.page(session.require_user(), Of.ARTISTS)
