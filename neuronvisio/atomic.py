"""Replace a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import platform
import re
import secrets
import stat
from collections.abc import Iterator

_TEMP_NAME = ".neuronvisio-{host}-{pid}-{random}.tmp"
_TEMP_PATTERN = re.compile(r"\.neuronvisio-([0-9a-f]{8})-(\d+)-[0-9a-f]{16}\.tmp")


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[str]:
    """Give an empty file to write, which takes the place of `path` when all went well.

    The file given lies in the folder of the target. At the end of the block, which must have
    flushed it to the disk, it is renamed over the target; after any exception, and after a
    kill, the target is what it was. A link is followed, and an existing file's mode, owner
    and group are kept where the system allows it.

    Args:
        path: the file to make or to replace.

    Yields:
        Path of the file to write.

    Raises:
        FileNotFoundError: there is no such folder.
        IsADirectoryError: `path` is a folder.
        PermissionError: `path` is read-only, or its folder can't be written.
        OSError: any other failure to write; `filename` names the file.
    """
    target = os.path.realpath(os.fspath(path))
    folder = os.path.dirname(target)
    old = _check_target(target)
    _sweep(folder)
    temp = os.path.join(folder, _temp_name())
    try:
        # The temporary file must never be readable by more people than the old file is.
        mode = 0o666 if old is None else stat.S_IMODE(old.st_mode)
        os.close(os.open(temp, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode | 0o600))
        yield temp
        if old is not None:
            _copy_owner_and_mode(temp, old)
        os.replace(temp, target)
    except OSError as error:
        # The user knows the target, not the temporary file.
        message = os.strerror(error.errno) if error.errno else str(error)
        raise OSError(error.errno or errno.EIO, message, target) from error
    finally:
        # After the rename there is no such file any more.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temp)
    _sync_folder(folder)


def _check_target(target: str) -> os.stat_result | None:
    try:
        old = os.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Is a folder", target)
    if not stat.S_ISREG(old.st_mode):
        raise OSError(errno.EINVAL, "Not a regular file", target)
    # The rename would need leave of the folder only, and root may write anything.
    if not old.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "The file is read-only", target)
    return old


def _temp_name() -> str:
    return _TEMP_NAME.format(host=_host(), pid=os.getpid(), random=secrets.token_hex(8))


def _host() -> str:
    """Name the set of process ids that ours belongs to: the machine, or one container of it."""
    space = ""
    with contextlib.suppress(OSError):
        space = os.readlink("/proc/self/ns/pid")
    return hashlib.sha256(f"{platform.node()} {space}".encode()).hexdigest()[:8]


def _sweep(folder: str) -> None:
    """Remove what killed processes of this machine left in the folder."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            found = _TEMP_PATTERN.fullmatch(name)
            if found and found[1] == _host() and not _alive(int(found[2])):
                os.unlink(os.path.join(folder, name))


def _alive(pid: int) -> bool:
    if os.name == "nt":  # there, os.kill(pid, 0) would end the process
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _copy_owner_and_mode(temp: str, old: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(temp, old.st_uid, old.st_gid)
    os.chmod(temp, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: str) -> None:
    """Make the rename itself last; some systems can't open a folder, and rename safely."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
