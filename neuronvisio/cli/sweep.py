"""Make the file that joins the runs of a sweep."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence

from neuronvisio.cli.errors import CommandError
from neuronvisio.cli.text import shown
from neuronvisio.display.tree import counted
from neuronvisio.notes import NeuronvisioWarning
from neuronvisio.sweep import RunError, write_master


def sweep(master: str, runs: Sequence[str], *, leave_out: bool = False) -> None:
    """Make a master and say what is in it.

    Args:
        master: path of the master.
        runs: paths of the runs' files.
        leave_out: leave out what can't be joined.

    Raises:
        CommandError: a run can't be joined, or none is left.
        OSError: the master can't be written.
    """
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", NeuronvisioWarning)
        try:
            groups = write_master(master, runs, leave_out=leave_out)
        except RunError as error:
            raise CommandError(str(error)) from error
    for warning in told:
        print(f"neuronvisio: {shown(str(warning.message))}", file=sys.stderr)
    number = sum(map(len, groups.values()))
    print(f"{shown(master)}: {counted(len(groups), 'run')}, {counted(number, 'group')}")
