"""What a notebook shows of results: text, and HTML that needs no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from neuronvisio.display.drawing import Trace, trace_of
from neuronvisio.display.page import html_of
from neuronvisio.display.tree import Tree, text_of, tree_of
from neuronvisio.views import GroupView, VariableView

__all__ = ["Display"]

MAX_DRAWN = 50
"""Traces that are drawn at once; what is beyond is told."""


class Display:
    """Groups as a notebook shows them, with some variables drawn.

    It holds what is shown, no values and no open file.
    """

    def __init__(
        self, title: str, groups: Mapping[str, GroupView], drawn: Sequence[VariableView] = ()
    ) -> None:
        """Read what is shown.

        Args:
            title: name of the whole, mostly a file's.
            groups: the groups.
            drawn: the variables to draw, each against its x.
        """
        self._tree: Tree = tree_of(title, groups)
        self._traces: list[Trace] = [trace_of(variable) for variable in drawn[:MAX_DRAWN]]
        self._not_drawn = len(drawn) - len(self._traces)

    def __repr__(self) -> str:
        """Give the tree as text."""
        return text_of(self._tree, self._traces)

    def _repr_html_(self) -> str:
        """Give the tree and the traces as HTML without script."""
        return html_of(self._tree, self._traces, self._not_drawn)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """Give both forms, for any front end."""
        return {"text/plain": repr(self), "text/html": self._repr_html_()}
