"""The tree of groups, sections and variables as a notebook shows it, and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from neuronvisio.names import natural_key
from neuronvisio.outline import UnreadableNodeError
from neuronvisio.views import GroupView, SectionView, VariableView

if TYPE_CHECKING:
    from neuronvisio.display.drawing import Trace

MAX_SECTIONS = 100
"""Sections of a group whose variables are listed; of the others, the number is told."""

MAX_GROUPS = 50
"""Groups that are listed."""

MAX_VARIABLES = 100
"""Variables of a section that are listed."""

MAX_TEXT = 200
"""Characters of a unit, a detail or a message that are shown."""


@dataclass(frozen=True)
class Leaf:
    """What is known of one variable without its values; texts cut to a sensible length."""

    name: str
    shape: tuple[int, ...] | None
    dtype: str
    units: str = ""
    detail: str = ""
    problem: str = ""

    @property
    def facts(self) -> str:
        """Its length or shape, type and unit in words, or why it can't be read."""
        if self.problem:
            return self.problem
        shape = " × ".join(f"{length:,}" for length in self.shape or ())
        kind = " × ".join(filter(None, [shape, self.dtype]))
        return ", ".join(filter(None, [kind, self.units]))


@dataclass(frozen=True)
class Branch:
    """One section and its first variables.

    Attributes:
        name: its name.
        original_name: its name in NEURON.
        leaves: its first variables.
        count: number of all of them.
        problem: why they can't be listed, '' if they can.
    """

    name: str
    original_name: str
    leaves: list[Leaf] = field(default_factory=list)
    count: int = 0
    problem: str = ""


@dataclass(frozen=True)
class Limb:
    """One group.

    Attributes:
        name: its id.
        x: its x, None if it has none.
        branches: its first sections.
        names: the names of all its sections.
    """

    name: str
    x: Leaf | None
    branches: list[Branch]
    names: list[str]

    @property
    def count(self) -> int:
        """Number of its sections."""
        return len(self.names)


@dataclass(frozen=True)
class Tree:
    """The whole: its first groups, and the number of all of them."""

    title: str
    limbs: list[Limb]
    count: int

    def cut(self, sections: int) -> Tree:
        """Give the same tree with no more than so many sections listed in each group."""
        limbs = [replace(limb, branches=limb.branches[:sections]) for limb in self.limbs]
        return replace(self, limbs=limbs)


def tree_of(title: str, groups: Mapping[str, GroupView]) -> Tree:
    """List groups, with the variables of their first sections, in natural order.

    Args:
        title: name of the whole.
        groups: the groups.
    """
    names = sorted(groups, key=natural_key)
    return Tree(title, [_limb(groups[name]) for name in names[:MAX_GROUPS]], len(names))


def text_of(tree: Tree, traces: Sequence[Trace] = ()) -> str:
    """Write the tree as lines of text.

    Args:
        tree: the tree.
        traces: what is drawn elsewhere, named at the end.
    """
    lines = [tree.title]
    for limb in tree.limbs:
        lines.append(
            f"  {limb.name}  {counted(limb.count, 'section')}"
            f"{', x: ' + limb.x.facts if limb.x else ''}"
        )
        for branch in limb.branches:
            lines.append(f"    {branch.name}{branch.problem and '  ' + branch.problem}")
            lines += [f"      {leaf.name}  {_words(leaf)}" for leaf in branch.leaves]
            lines += _more("      ", branch.count - len(branch.leaves), "variable")
        lines += _more("    ", limb.count - len(limb.branches), "section")
    lines += _more("  ", tree.count - len(tree.limbs), "group")
    if traces:
        lines.append("  drawn: " + ", ".join(trace.path for trace in traces))
    return "\n".join(lines)


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: ``1 section``, ``5,000 sections``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def leaf_of(variable: VariableView) -> Leaf:
    """Tell what is known of a variable."""
    return Leaf(
        variable.name,
        variable.shape,
        str(variable.dtype if variable.dtype is not None else ""),
        variable.units[:MAX_TEXT],
        variable.detail[:MAX_TEXT],
        variable.problem[:MAX_TEXT],
    )


def _more(indent: str, left: int, noun: str) -> list[str]:
    return [f"{indent}... and {counted(left, f'more {noun}')}"] if left else []


def _words(leaf: Leaf) -> str:
    return f"{leaf.facts}  {leaf.detail}" if leaf.detail else leaf.facts


def _limb(group: GroupView) -> Limb:
    names = sorted(group, key=natural_key)
    branches = [_branch(group[name]) for name in islice(names, MAX_SECTIONS)]
    return Limb(group.name, None if group.x is None else leaf_of(group.x), branches, names)


def _branch(section: SectionView) -> Branch:
    original = section.original_name[:MAX_TEXT]
    try:
        names = sorted(section, key=natural_key)
    except UnreadableNodeError as error:
        return Branch(section.name, original, problem=str(error)[:MAX_TEXT])
    leaves = [leaf_of(section[name]) for name in names[:MAX_VARIABLES]]
    return Branch(section.name, original, leaves, len(names))
