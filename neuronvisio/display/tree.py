"""The tree of groups, sections and variables as a notebook shows it, and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from neuronvisio.names import natural_key
from neuronvisio.outline import UnreadableNodeError
from neuronvisio.views import GroupView, SectionView, VariableView

if TYPE_CHECKING:
    from neuronvisio.display.drawing import Trace

MAX_SECTIONS = 100
"""Sections of a group whose variables are listed; of the others, the number is told."""


@dataclass(frozen=True)
class Leaf:
    """One variable: its name, and what is known of it in words."""

    name: str
    facts: str
    detail: str = ""


@dataclass(frozen=True)
class Branch:
    """One section and its variables."""

    name: str
    leaves: list[Leaf] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class Limb:
    """One group: its x in words, its first sections, and the number of all of them."""

    name: str
    x: str
    branches: list[Branch]
    count: int


@dataclass(frozen=True)
class Tree:
    """The whole."""

    title: str
    limbs: list[Limb]


def tree_of(title: str, groups: Mapping[str, GroupView]) -> Tree:
    """List groups, with the variables of their first sections, in natural order.

    Args:
        title: name of the whole.
        groups: the groups.
    """
    shown = (groups[name] for name in sorted(groups, key=natural_key))
    # The sections of a part are listed in the group that it belongs to.
    return Tree(title, [_limb(group) for group in shown if not _is_part(group, groups)])


def text_of(tree: Tree, traces: Sequence[Trace] = ()) -> str:
    """Write the tree as lines of text.

    Args:
        tree: the tree.
        traces: what is drawn elsewhere, named at the end.
    """
    lines = [tree.title]
    for limb in tree.limbs:
        lines.append(
            f"  {limb.name}  {counted(limb.count, 'section')}{limb.x and ', x: ' + limb.x}"
        )
        for branch in limb.branches:
            lines.append(f"    {branch.name}{branch.problem and '  ' + branch.problem}")
            lines += [f"      {leaf.name}  {_words(leaf)}" for leaf in branch.leaves]
        left = limb.count - len(limb.branches)
        if left:
            lines.append(f"    ... and {counted(left, 'more section')}")
    if traces:
        lines.append("  drawn: " + ", ".join(trace.path for trace in traces))
    return "\n".join(lines)


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: ``1 section``, ``5,000 sections``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def facts_of(variable: VariableView) -> str:
    """Say a variable's length or shape, type and unit, or why it can't be read."""
    if variable.problem:
        return variable.problem
    shape = " × ".join(f"{length:,}" for length in variable.shape or ())
    kind = " × ".join(filter(None, [shape, str(variable.dtype or "")]))
    return ", ".join(filter(None, [kind, variable.units]))


def _words(leaf: Leaf) -> str:
    return f"{leaf.facts}  {leaf.detail}" if leaf.detail else leaf.facts


def _is_part(group: GroupView, groups: Mapping[str, GroupView]) -> bool:
    if group.part_of in ("", group.name) or group.part_of not in groups:
        return False
    whole = groups[group.part_of]
    return whole.part_of in ("", whole.name)  # else neither might be shown


def _limb(group: GroupView) -> Limb:
    names = sorted(group, key=natural_key)
    branches = [_branch(group[name]) for name in islice(names, MAX_SECTIONS)]
    x = "" if group.x is None else facts_of(group.x)
    return Limb(group.name, x, branches, len(names))


def _branch(section: SectionView) -> Branch:
    try:
        names = sorted(section, key=natural_key)
    except UnreadableNodeError as error:
        return Branch(section.name, problem=str(error))
    leaves = [Leaf(name, facts_of(section[name]), section[name].detail) for name in names]
    return Branch(section.name, leaves)
