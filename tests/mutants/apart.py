"""Does a task in a process of its own, forked from this one."""

import contextlib
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

MEMORY = 6 << 30  # bytes of addresses: an endless list ends before the machine does


def forked(task: Callable[[], int], log: Path, timeout: float) -> int:
    """What a task in a process of its own returned; minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        _be_quiet(log)
        code = 70
        try:
            code = int(task())
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:  # a fork must never go on as its parent
            with contextlib.suppress(BaseException):
                log.with_suffix(".error").write_text(traceback.format_exc())
        # Without the goodbyes of what was imported before, and of threads that were left.
        os._exit(code)
    return _waited(child, time.monotonic() + timeout)


def _be_quiet(log: Path) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(handle, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.dont_write_bytecode = True


def _waited(child: int, until: float) -> int:
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL
