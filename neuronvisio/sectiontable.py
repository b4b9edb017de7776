"""The properties of the model's sections, kept in the file beside the results."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNITS = {"L": "um", "diam": "um", "Ra": "ohm-cm", "cm": "uF/cm2"}
"""Units of those columns that have one."""


def section_table(sections: Sequence[Any], names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Describe sections without changing them.

    Args:
        sections: live NEURON sections.
        names: their names in the file.

    Returns:
        One array per property, shape (sections,), all in one order: ``name`` and
        ``original_name``; ``L`` and ``diam`` in um, `diam` in the middle of the section;
        ``nseg``; ``Ra`` in ohm cm; ``cm`` in uF/cm2, in the middle; ``parent``, the row of the
        parent or -1; ``parent_x``, where on the parent it is attached, 0 to 1, NaN for a root;
        ``attached_end``, which end of its own is attached, 0 or 1; ``mechanisms``, separated
        by blanks. Texts are UTF-8.
    """
    row: dict[Hashable, int] = {section: index for index, section in enumerate(sections)}
    parents, parent_x = [], []
    for section in sections:
        at = section.parentseg()
        parents.append(-1 if at is None else row.get(at.sec, -1))
        parent_x.append(np.nan if at is None else float(at.x))
    middles = [section(0.5) for section in sections]
    return {
        "name": _texts(names),
        "original_name": _texts([section.name() for section in sections]),
        "L": np.array([section.L for section in sections], dtype="<f8"),
        "diam": np.array([middle.diam for middle in middles], dtype="<f8"),
        "nseg": np.array([section.nseg for section in sections], dtype="<i4"),
        "Ra": np.array([section.Ra for section in sections], dtype="<f8"),
        "cm": np.array([middle.cm for middle in middles], dtype="<f8"),
        "parent": np.array(parents, dtype="<i4"),
        "parent_x": np.array(parent_x, dtype="<f8"),
        "attached_end": np.array([section.orientation() for section in sections], dtype="<i4"),
        "mechanisms": _texts([_mechanisms(middle) for middle in middles]),
    }


def _mechanisms(middle: Any) -> str:
    return " ".join(mechanism.name() for mechanism in middle)


def _texts(texts: Sequence[str]) -> NDArray[Any]:
    encoded = [text.encode("utf-8", "backslashreplace") for text in texts]
    return np.array(encoded, dtype=f"S{max(map(len, encoded), default=1) or 1}")
