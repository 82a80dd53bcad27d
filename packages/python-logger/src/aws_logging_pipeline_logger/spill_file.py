"""A file for lines that memory has no room for, shared by all processes that have its path."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
import uuid
from collections.abc import Iterator
from time import monotonic
from typing import Callable

from .spilled_lines import SpilledLines

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

HAS_LOCKS = fcntl is not None

_MODE = 0o600
"""Logs may hold what not everybody on the machine may read."""

_FLAGS = os.O_RDWR | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No link, behind which there may be anything, and no waiting for the other end of a named pipe."""

_LOOK_SECONDS = 1.0
"""How long it is not noticed that another process has sent what it had taken."""

_TAKE_SECONDS = 1.0


class SpillFullError(Exception):
    """The file has no room for what was to be appended."""


class SpillFile:
    """
    Processes append to the file; one that sends its lines renames it first, so that none is added any more. Each holds a lock (flock)
    meanwhile: nobody writes into the lines of another, and what a process had taken that was killed is free at once.

    The format, lines of JSON behind a line feed, is that of this repository's logger for Node.js.

    max_bytes: of the file, with those that were taken of it and are not sent yet.
    """

    def __init__(self, path: str, max_bytes: int) -> None:
        # The application may change its working directory.
        self.path = os.path.abspath(path)
        self.max_bytes = max_bytes
        self._taken_name = re.compile(re.escape(os.path.basename(self.path)) + r"\.[0-9a-f-]{36}\.taken")
        self._open_fds: set[int] = set()
        self._own: set[str] = set()
        """Files that this process has taken."""
        self._taken_bytes = 0
        self._looked_at = float("-inf")

    def check(self) -> None:
        """Creates the file if there is none, and locks it. Raises OSError; a lock that another has is none."""
        fd = self._open(self.path, os.O_CREAT)
        try:
            self._lock(fd, self.path)
        finally:
            self._close(fd)

    def append(self, text: bytes, seconds: float) -> None:
        """
        Appends whole lines, or nothing.

        seconds: to wait for others that append.
        Raises SpillFullError, or OSError as the file system does, TimeoutError among them.
        """
        # A process that was killed may have left the beginning of a line.
        text = b"\n" + text
        fd = self._locked(seconds, os.O_CREAT)
        try:
            size = os.fstat(fd).st_size
            if size + self._bytes_taken(size) + len(text) > self.max_bytes:
                raise SpillFullError
            try:
                written = 0
                while written < len(text):
                    written += os.write(fd, text[written:])
            except BaseException:
                with contextlib.suppress(OSError):
                    os.ftruncate(fd, size)
                raise
        finally:
            self._close(fd)

    def room(self) -> int:
        """How many bytes can be appended now."""
        size = 0
        with contextlib.suppress(OSError):
            size = os.lstat(self.path).st_size
        return self.max_bytes - size - self._bytes_taken(size) - 1

    def exists(self) -> bool:
        """Whether there is something to take, or that another process is sending."""
        return os.path.lexists(self.path) or next(self._taken(), None) is not None

    def take(self, max_line_bytes: int, tell: Callable[[str, OSError], None]) -> tuple[list[SpilledLines], bool]:
        """
        Takes the file, and those that a process had taken which has ended since. Returns also whether some are left to others.

        tell: called with the path of each that cannot be taken, and why; TimeoutError is among the reasons.
        """
        taken = []
        others = False
        for path in [self.path, *(set(self._taken()) - self._own)]:
            try:
                found = self._take_fresh() if path == self.path else self._take_left(path)
                if found is None:
                    others = True
                else:
                    taken.append(self._lines_of(*found, max_line_bytes))
            except FileNotFoundError:
                pass
            except OSError as error:
                # One that another user has left keeps back no other.
                tell(path, error)
                others = True
        return taken, others

    def _take_fresh(self) -> tuple[str, int]:
        """Renames the file. Returns its new path, and it, open and locked."""
        fd = self._locked(_TAKE_SECONDS, 0)
        try:
            fresh = f"{self.path}.{uuid.uuid4()}.taken"
            os.rename(self.path, fresh)
        except BaseException:
            self._close(fd)
            raise
        return fresh, fd

    def _take_left(self, path: str) -> tuple[str, int] | None:
        """As `_take_fresh`, of a file that was taken before. Returns None if another process sends its lines."""
        fd = self._open(path, 0)
        try:
            if self._lock(fd, path):
                return path, fd
        except BaseException:
            self._close(fd)
            raise
        self._close(fd)
        return None

    def abandon(self) -> None:
        """In a forked process: closes what the parent has open. Its locks are the parent's, and stay."""
        for fd in self._open_fds:
            with contextlib.suppress(OSError):
                os.close(fd)
        self._open_fds.clear()

    def _lines_of(self, path: str, fd: int, max_line_bytes: int) -> SpilledLines:
        def close() -> None:
            self._own.discard(path)
            self._close(fd)

        self._own.add(path)
        return SpilledLines(path, fd, max_line_bytes, close)

    def _locked(self, seconds: float, flags: int) -> int:
        """Opens the file, and waits for its lock."""
        deadline = monotonic() + seconds
        while True:
            fd = self._open(self.path, flags)
            try:
                if self._lock(fd, self.path):
                    return fd
            except BaseException:
                self._close(fd)
                raise
            self._close(fd)
            # Another process appends to it, or has just taken it.
            if monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, "another process keeps it locked", self.path)
            time.sleep(0.002)

    def _open(self, path: str, flags: int) -> int:
        """Raises OSError, also if it is a link, a folder or a device."""
        try:
            fd = os.open(path, _FLAGS | flags, _MODE)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR):
                raise not_a_file(path) from None
            raise
        self._open_fds.add(fd)
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            self._close(fd)
            raise not_a_file(path)
        return fd

    def _lock(self, fd: int, path: str) -> bool:
        """Returns False if another has the lock, or if the file is no longer at the path."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.fstat(fd), os.lstat(path))
        except (BlockingIOError, FileNotFoundError):
            return False

    def _close(self, fd: int) -> None:
        self._open_fds.discard(fd)
        with contextlib.suppress(OSError):
            # A process that was forked just now has the file open, too, and would keep it locked.
            fcntl.flock(fd, fcntl.LOCK_UN)
        os.close(fd)

    def _taken(self) -> Iterator[str]:
        with contextlib.suppress(OSError), os.scandir(os.path.dirname(self.path)) as entries:
            for entry in entries:
                if self._taken_name.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    yield entry.path

    def _bytes_taken(self, size: int) -> int:
        # A file that is new has maybe been taken just now.
        if size == 0 or monotonic() - self._looked_at > _LOOK_SECONDS:
            total = 0
            for path in self._taken():
                with contextlib.suppress(OSError):
                    total += os.lstat(path).st_size
            self._taken_bytes, self._looked_at = total, monotonic()
        return self._taken_bytes


def not_a_file(path: str) -> OSError:
    return OSError(errno.EINVAL, "it is no file, but a link, folder or device", path)
