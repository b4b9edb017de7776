"""Folders for runs."""

from __future__ import annotations

import itertools
import os
import time

from neuronvisio import ranks


def new_run_dir(prefix: str, root: str) -> str:
    """Make ``<prefix>/<root>/DD-MM-YYYY/Sim_<n>`` with the first free n, counted from 0.

    The ranks of a parallel run, which all have to call this, get one folder.

    Args:
        prefix: folder to make it in; made if there is none.
        root: name of the folder that gathers the runs.

    Returns:
        The path of the new folder, which no other process was given.

    Raises:
        OSError: the folder can't be made.
    """
    context = ranks.context()
    if context is None:
        return _make(prefix, root)
    made: tuple[str, OSError | None] = ("", None)
    if context.id() == 0:
        try:
            made = (_make(prefix, root), None)
        except OSError as error:  # the other ranks are waiting
            made = ("", error)
    path, failure = context.py_broadcast(made, 0)
    if failure is not None:
        raise failure
    return str(path)


def _make(prefix: str, root: str) -> str:
    day = os.path.join(prefix, root, time.strftime("%d-%m-%Y"))
    os.makedirs(day, exist_ok=True)
    # With thousands of folders, trying each of them takes long.
    there = set(os.listdir(day))
    number = next(number for number in itertools.count() if f"Sim_{number}" not in there)
    while True:
        path = os.path.join(day, f"Sim_{number}")
        try:
            # mkdir itself is the test: between a look and a mkdir another process fits.
            os.mkdir(path)
            return path
        except FileExistsError:
            number += 1
