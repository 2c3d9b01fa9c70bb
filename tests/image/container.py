"""Runs an image without an engine, much as one would: an ordinary user, a read-only root.

Needs root and buildah: the image's files are bound into a mount namespace of their own, read-only
but for the volume at /data and a tmpfs at /tmp, and the program gets the image's environment only.
"""

import json
import os
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

import httpx

from tests.surroundings.loopback import free_port

_BUILDAH = {"STORAGE_DRIVER": "vfs", "BUILDAH_ISOLATION": "chroot"}
_READY_WITHIN, _ENDS_WITHIN = 300.0, 60.0
_ENTER = """
set -eu
mount --bind "$ROOT" "$ROOT"
mount --bind "$VOLUME" "$ROOT/data"
mount -t tmpfs -o size=256m,mode=1777 tmpfs "$ROOT/tmp"
mount -t proc proc "$ROOT/proc"
mount -t tmpfs -o size=1m,mode=755 tmpfs "$ROOT/dev"
for device in null zero random urandom; do
    touch "$ROOT/dev/$device"; mount --bind "/dev/$device" "$ROOT/dev/$device"
done
mount -o remount,bind,ro "$ROOT"
cd "$ROOT"
exec env -i {variables} chroot "$ROOT" setpriv --reuid={user} --regid={group} --clear-groups \
    --no-new-privs --bounding-set=-all sh -c 'cd {folder} && exec "$@"' sh {command}
"""


def buildah(*words: str) -> str:
    """What buildah says."""
    run = subprocess.run(
        ["buildah", *words], env=os.environ | _BUILDAH, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


class Container:
    """An image that runs on a volume; it can be ended and started again."""

    def __init__(self, image: str, volume: Path, **environment: str) -> None:
        self._volume = volume
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._given = {"TTT_PORT": str(self.port), "TTT_HOST": "127.0.0.1"} | environment
        self.console = volume.with_suffix(".log")
        self.image = image

    def start(self) -> None:
        """Start, and wait until it is ready."""
        self._container = buildah("from", self.image)
        root = buildah("mount", self._container)
        config = json.loads(buildah("inspect", self._container))["Docker"]["config"]
        own = dict(variable.split("=", 1) for variable in config["Env"]) | self._given
        script = _ENTER.format(
            variables=shlex.join(f"{name}={value}" for name, value in own.items()),
            user=config["User"].partition(":")[0],
            group=config["User"].partition(":")[2],
            folder=config["WorkingDir"],
            command=shlex.join([*config["Entrypoint"], *config["Cmd"]]),
        )
        with self.console.open("a") as console:
            self._process = subprocess.Popen(
                ["unshare", "--mount", "sh", "-c", script],
                env=os.environ | {"ROOT": root, "VOLUME": str(self._volume)},
                stdout=console,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + _READY_WITHIN
        while not self._answers():
            assert self._process.poll() is None, self.console.read_text()
            assert time.monotonic() < deadline, self.console.read_text()
            time.sleep(0.2)

    def stop(self) -> float:
        """End it by SIGTERM; return how many seconds that took."""
        started = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            buildah("rm", self._container)
        return time.monotonic() - started

    def user(self) -> int:
        """Id of the user that the program runs as."""
        return Path(f"/proc/{self._process.pid}").stat().st_uid

    def can_write(self, path: str) -> bool:
        """Whether the root file system, as the program sees it, takes a file."""
        probe = Path(f"/proc/{self._process.pid}/root{path}/probe")
        try:
            probe.write_text("x")
        except OSError:
            return False
        probe.unlink()
        return True

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._process.poll() is None:
            self.stop()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False).is_success
        except httpx.TransportError:
            return False
