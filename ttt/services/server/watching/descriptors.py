"""How many files and sockets this process may have open, and how many tabs that makes."""

from ttt.settings import Settings

try:
    import resource
except ImportError:  # Windows, where there is no such limit to raise
    resource = None  # type: ignore[assignment]

# What a process has open besides people: the database, files, requests to services.
_RESERVED = 256
# An open tab has its socket and Streamlit's event loop of three descriptors.
PER_TAB = 4
# More is never needed, and programs that close every possible descriptor take long over it.
_ENOUGH = 65_536
_FEW = 4_096


def raise_limit() -> int:
    """Raise the soft limit as far as the hard one lets us; return what holds from now on."""
    if resource is None:
        return _ENOUGH
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _ENOUGH if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return limit()


def limit() -> int:
    """How many descriptors this process may have now."""
    if resource is None:
        return _ENOUGH
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _ENOUGH if soft == resource.RLIM_INFINITY else soft


def is_low(descriptors: int) -> bool:
    """Whether so many are fewer than a public server should have."""
    return descriptors < _FEW


def tabs(settings: Settings) -> int:
    """How many open tabs this process takes, so that the last descriptors are never theirs."""
    return max(1, min(settings.max_sockets, (limit() - _RESERVED) // PER_TAB))


def connections(settings: Settings) -> int:
    """How many TCP connections this process takes, those of tabs among them."""
    return max(8, limit() - _RESERVED - (PER_TAB - 1) * tabs(settings))
