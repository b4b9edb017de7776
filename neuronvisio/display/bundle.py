"""What JupyterLab's renderer draws from: the tree, a preview of the traces, where the file is.

``docs/refs.schema.json`` describes it, ``src/mime/payload.ts`` reads it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuronvisio.display.drawing import Trace
from neuronvisio.display.source import Source
from neuronvisio.display.tree import MAX_TEXT, Branch, Leaf, Limb, Tree

MIME_TYPE = "application/vnd.neuronvisio.refs+json"

VERSION = 1
"""A reader refuses a later version; what it may leave out is added without a new one."""

_LONGEST_NAME = 1000
_FOR_TRACES = 0.8
# Of the room that traces leave, names may take this share: they are what a reader looks for.
_FOR_NAMES = 0.6


class _Room:
    """Bytes of JSON that are left."""

    def __init__(self, left: float) -> None:
        self.left = left

    def takes(self, part: Any) -> bool:
        """Tell whether a part still fits, and count it if it does."""
        size = json_size(part) + 2
        if size > self.left:
            return False
        self.left -= size
        return True


def bundle_of(
    tree: Tree,
    traces: Sequence[Trace],
    not_drawn: int = 0,
    source: Source | None = None,
    budget: int = 1 << 19,
    state: str = "",
) -> dict[str, Any]:
    """Make the bundle.

    Args:
        tree: the tree.
        traces: what is drawn.
        not_drawn: number of traces that were left out.
        source: the file that all this is in, None if it was not saved.
        budget: the JSON text has no more bytes than this, as far as that can be.
        state: ``'running'`` while more of it is to come, ``''`` otherwise.

    Returns:
        What ``docs/refs.schema.json`` describes.
    """
    drawn: list[dict[str, Any]] = []
    groups: list[dict[str, Any]] = []
    bundle: dict[str, Any] = {
        "version": VERSION,
        "title": tree.title[:MAX_TEXT],
        "groups": groups,
        "groupCount": tree.count,
        "drawn": drawn,
        "notDrawn": not_drawn,
    }
    if source is not None:
        bundle["file"] = {
            "path": source.path,
            "size": source.size,
            "modified": source.modified,
        }
    if state:
        bundle["state"] = state
    room = _Room(budget - json_size(bundle))
    for_traces = _Room(room.left * _FOR_TRACES)
    for trace in traces:
        # Without its points it can still be read from the file.
        bare = Trace(trace.path, trace.leaf, trace.x_leaf, trace.reason, is_reduced=True)
        entry = next(filter(for_traces.takes, (_drawn(trace), _drawn(bare))), None)
        if entry is None:
            bundle["notDrawn"] += 1
        else:
            drawn.append(entry)
    room.left -= room.left * _FOR_TRACES - for_traces.left
    for limb in tree.limbs:
        head = _group(limb)
        if not room.takes(head):
            break
        groups.append(head)
    for_names = _Room(room.left * _FOR_NAMES)
    listed = [_names(limb, for_names) for limb in tree.limbs[: len(groups)]]
    # What the names leave is for the variables of the first sections.
    room.left -= room.left * _FOR_NAMES - for_names.left
    for head, limb, names in zip(groups, tree.limbs, listed, strict=False):
        _fill(head, limb, names, room)
    return bundle


def json_size(part: Any) -> int:
    """Give the bytes of a part as JSON text."""
    return len(json.dumps(part).encode())


def _group(limb: Limb) -> dict[str, Any]:
    head = {"name": limb.name, "sections": [], "more": [], "sectionCount": limb.count}
    return head if limb.x is None else {**head, "x": _leaf(limb.x)}


def _names(limb: Limb, room: _Room) -> list[str]:
    """List the names of a group that fit; very long ones are left out and counted."""
    names = []
    for name in limb.names:
        if not room.takes(name):
            break
        if len(name) <= _LONGEST_NAME:
            names.append(name)
    return names


def _fill(head: dict[str, Any], limb: Limb, names: list[str], room: _Room) -> None:
    """Put the sections into a group: with their variables as long as these fit."""
    branches = {branch.name: branch for branch in limb.branches}
    for name in names:
        branch = branches.get(name)
        entry = None if branch is None else _section(branch)
        if entry is not None and room.takes(entry):
            head["sections"].append(entry)
        else:
            branches = {}
            head["more"].append(name)


def _section(branch: Branch) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": branch.name}
    if branch.original_name != branch.name:
        entry["originalName"] = branch.original_name
    if branch.problem:
        return {**entry, "problem": branch.problem}
    leaves = [leaf for leaf in branch.leaves if len(leaf.name) <= _LONGEST_NAME]
    return {**entry, "variables": [_leaf(leaf) for leaf in leaves], "variableCount": branch.count}


def _leaf(leaf: Leaf) -> dict[str, Any]:
    shape = None if leaf.shape is None else list(leaf.shape)
    entry: dict[str, Any] = {"name": leaf.name, "shape": shape, "dtype": leaf.dtype}
    texts = {"units": leaf.units, "detail": leaf.detail, "problem": leaf.problem}
    return {**entry, **{key: text for key, text in texts.items() if text}}


def _drawn(trace: Trace) -> dict[str, Any]:
    entry: dict[str, Any] = {"path": trace.path, "variable": _leaf(trace.leaf)}
    if trace.x_leaf is not None:
        entry["x"] = _leaf(trace.x_leaf)
    if trace.problem:
        return {**entry, "problem": trace.problem[:MAX_TEXT]}
    if not len(trace.y) and trace.is_reduced:
        return {**entry, "reduced": trace.is_reduced}
    entry |= {"reduced": trace.is_reduced, "xs": _numbers(trace.x), "ys": _numbers(trace.y)}
    if trace.reason:
        entry["reason"] = trace.reason
    if trace.exact is not None:
        entry["exact"] = trace.exact
    if trace.extent is not None:
        entry["extent"] = list(trace.extent)
    return {**entry, "withoutX": trace.without_x} if trace.without_x else entry


def _numbers(values: NDArray[np.float64]) -> str:
    """Write numbers as they are: base64 of 64-bit floats, least significant byte first."""
    return base64.b64encode(values.astype("<f8").tobytes()).decode()
