"""The ranks of a parallel run under NEURON's ParallelContext."""

from __future__ import annotations

from typing import Any

from neuronvisio._neuron import loaded_hoc


def context() -> Any | None:
    """Give the ParallelContext if this run has more than one rank, else None."""
    h = loaded_hoc()
    if h is None:
        return None
    found = h.ParallelContext()
    return found if found.nhost() > 1 else None
