"""The file that HDF5 writes to, which never tells HDF5 of a failure."""

from __future__ import annotations

import os
import threading
from typing import Any

_SYNC_EVERY = 1 << 26  # bytes


class Output:
    """A raw file for h5py, which keeps the first error to itself.

    When HDF5 can't write what it holds back, it can't close the file either, keeps it open
    for good and crashes at the end of the process. So after a failure it is told that all goes
    well; `check` tells the truth, and what was written is thrown away.
    """

    def __init__(self, path: str) -> None:
        """Open an existing file for writing.

        Args:
            path: path of the file.

        Raises:
            OSError: it can't be opened.
        """
        self._file = open(path, "r+b", buffering=0)
        self._error: BaseException | None = None
        self._unsynced = 0
        self._syncing: threading.Thread | None = None

    def check(self) -> None:
        """Raise the first error that there was.

        Raises:
            OSError: something could not be written.
        """
        if self._error is not None:
            raise self._error

    def sync(self) -> None:
        """Wait until everything is on the disk.

        Raises:
            OSError: it can't be written.
        """
        self._end_syncing()
        self.check()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._end_syncing()
        self._file.close()

    # What h5py calls

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Give the place in the file."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """Read bytes; h5py asks for this name, but uses `readinto`."""
        return self._file.read(size)

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, as far as the file goes."""
        return self._file.readinto(buffer) or 0

    def write(self, data: Any) -> int:
        """Write all bytes, or keep the error, and claim to have written them."""
        left = memoryview(data).cast("B")
        size = len(left)
        try:
            while self._error is None and left:
                left = left[self._file.write(left) :]  # one call writes 2 GiB at most
        except BaseException as error:  # an interrupt as well may come just here
            self._error = error
        self._unsynced += size
        if self._unsynced >= _SYNC_EVERY:
            self._start_syncing()
        return size

    def truncate(self, size: int) -> int:
        """Set the length of the file, or keep the error."""
        try:
            if self._error is None:
                self._file.truncate(size)
        except BaseException as error:
            self._error = error
        return size

    def flush(self) -> None:
        """Do nothing: no bytes are held back here."""

    # The disk works while the next values are made ready

    def _start_syncing(self) -> None:
        if self._syncing is not None and self._syncing.is_alive():
            return
        self._unsynced = 0
        self._syncing = threading.Thread(target=self._sync_so_far, daemon=True)
        self._syncing.start()

    def _end_syncing(self) -> None:
        if self._syncing is not None:
            self._syncing.join()

    def _sync_so_far(self) -> None:
        try:
            os.fsync(self._file.fileno())
        except OSError as error:  # the system tells of it once only
            self._error = self._error or error
