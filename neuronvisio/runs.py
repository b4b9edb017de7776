"""Folders for runs."""

from __future__ import annotations

import os
import time


def new_run_dir(prefix: str, root: str) -> str:
    """Make ``<prefix>/<root>/DD-MM-YYYY/Sim_<n>`` with the first free n, counted from 0.

    Args:
        prefix: folder to make it in; made if there is none.
        root: name of the folder that gathers the runs.

    Returns:
        The path of the new folder, which no other process was given.

    Raises:
        OSError: the folder can't be made.
    """
    day = os.path.join(prefix, root, time.strftime("%d-%m-%Y"))
    os.makedirs(day, exist_ok=True)
    number = 0
    while True:
        path = os.path.join(day, f"Sim_{number}")
        try:
            # mkdir itself is the test: between a look and a mkdir another process fits.
            os.mkdir(path)
            return path
        except FileExistsError:
            number += 1
