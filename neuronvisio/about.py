"""What a file says of itself: what made it, when, and with which parameters."""

from __future__ import annotations

import datetime
import json
import math
import os
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

import neuronvisio
from neuronvisio import layout
from neuronvisio._neuron import loaded_hoc
from neuronvisio.notes import Notes

NOT_JSON = "parameters that JSON can't hold were saved as text"


def facts() -> dict[str, str]:
    """Give the root attributes of a file that is made now.

    Returns:
        Attribute name -> text; what is not known is left out.
    """
    now = datetime.datetime.now(datetime.timezone.utc)
    known = {
        layout.FORMAT: layout.THIS_FORMAT,
        layout.CREATOR: "jupyterlab-neuronvisio",
        layout.CREATOR_VERSION: neuronvisio.__version__,
        layout.NEURON_VERSION: _neuron_version(),
        layout.CREATED: now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        layout.SCRIPT: _script(),
    }
    return {name: text for name, text in known.items() if text}


def parameters_text(parameters: Mapping[str, Any], notes: Notes) -> str:
    """Write parameters as JSON.

    Args:
        parameters: name -> value. Numpy numbers and arrays become numbers and lists.
        notes: told of values that had to become text: those JSON knows nothing like, and
            numbers that are not finite.

    Returns:
        A JSON object, in the order given.
    """
    plain: dict[str, Any] = {}
    for name, value in parameters.items():
        where = f"parameters[{str(name)!r}]"
        try:
            plain[str(name)] = _plain(value, where, notes)
        except Exception as error:  # the results are worth more than a parameter
            notes.add(NOT_JSON, where)
            plain[str(name)] = f"<{type(value).__name__}: {type(error).__name__}>"
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)


def _plain(value: Any, where: str, notes: Notes) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (np.generic, np.ndarray)):
        return _plain(value.tolist(), where, notes)
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item, f"{where}[{key!r}]", notes) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{where}[{index}]", notes) for index, item in enumerate(value)]
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(item, where, notes) for item in value), key=repr)
    if hasattr(value, "as_numpy"):
        return _plain(value.as_numpy().tolist(), where, notes)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    notes.add(NOT_JSON, where)
    return str(value)


def _neuron_version() -> str:
    return str(loaded_hoc() and sys.modules["neuron"].__version__ or "")


def _script() -> str:
    """Name the script that runs, '' in a notebook or at a prompt."""
    path = getattr(sys.modules.get("__main__"), "__file__", None)
    return os.path.basename(path) if path else ""
