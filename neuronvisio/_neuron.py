"""The few things that are asked of NEURON, which is loaded only when they need it."""

from __future__ import annotations

import sys
from typing import Any


def hoc() -> Any:
    """Import NEURON and its standard run library.

    Returns:
        The ``h`` object.

    Raises:
        ModuleNotFoundError: NEURON is not installed; the message says how to get it.
    """
    try:
        from neuron import h
    except ModuleNotFoundError as error:
        message = "recording needs NEURON: pip install 'jupyterlab-neuronvisio[neuron]'"
        raise ModuleNotFoundError(message, name="neuron") from error
    # Scripts call h.run() and set h.tstop right after making a Manager.
    h.load_file("stdrun.hoc")
    return h


def loaded_hoc() -> Any | None:
    """Give ``h`` if something has imported NEURON already, else None."""
    return hoc() if sys.modules.get("neuron") is not None else None


def unit_of(name: str) -> str:
    """Give NEURON's unit of a range variable or of ``t``.

    Args:
        name: name of the variable, e.g. ``'v'``.

    Returns:
        The unit, e.g. ``'mV'``; ``''`` where NEURON isn't loaded or knows none.
    """
    h = loaded_hoc()
    # units() prints an error to the terminal for an unknown symbol, so ask first.
    if h is None or not name.isascii() or not name.isidentifier() or not h.name_declared(name):
        return ""
    try:
        return str(h.units(name))
    except RuntimeError:
        return ""
