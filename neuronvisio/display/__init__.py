"""What a notebook shows of results: a bundle for JupyterLab, text, and HTML without script."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from neuronvisio.display.bundle import MIME_TYPE, bundle_of, json_size
from neuronvisio.display.drawing import COLUMNS, POINTS, Trace, trace_of
from neuronvisio.display.page import IMAGE_COLUMNS, html_of
from neuronvisio.display.source import source_of
from neuronvisio.display.tree import MAX_SECTIONS, Tree, text_of, tree_of
from neuronvisio.views import GroupView, VariableView

__all__ = ["MIME_TYPE", "Display", "Settings", "settings"]

MAX_DRAWN = 50
"""Traces that are drawn at once; what is beyond is told."""

_LEAST_BUDGET = 10_000
_LEAST_COLUMNS = 16
# Bytes of one column: four points of two numbers, as base64 of floats and as text of an image.
_BUNDLE_COLUMN = POINTS * 2 * 8 * 4 / 3
_IMAGE_COLUMN = POINTS * 14 * 4 / 3
# Bytes of a trace's entry in the legend of an image.
_LEGEND = 600
# Shares of the budget; what traces don't need is for the tree.
_TRACES, _HTML, _TEXT = 0.7, 0.4, 0.1


@dataclass
class Settings:
    """How much a notebook keeps of what it shows.

    Attributes:
        budget: bytes of one output in the notebook's file, all its forms together.
    """

    budget: int = 512_000


settings = Settings()
"""The settings in force; set ``neuronvisio.display.settings.budget`` to change them."""


class Display:
    """Groups as a notebook shows them, with some variables drawn.

    It holds what is shown, no values beyond the points drawn, and no open file.
    """

    def __init__(
        self,
        title: str,
        groups: Mapping[str, GroupView],
        drawn: Sequence[VariableView] = (),
        file: str = "",
        state: str = "",
        budget: int | None = None,
    ) -> None:
        """Read what is shown.

        Args:
            title: name of the whole, mostly a file's.
            groups: the groups.
            drawn: the variables to draw, each against its x.
            file: path of the file that they are in, '' if they were not saved.
            state: ``'running'`` while more of it is to come.
            budget: bytes of all forms together, None for that of `settings`.
        """
        self._tree: Tree = tree_of(title, groups)
        self._traces: list[Trace] = [trace_of(variable) for variable in drawn[:MAX_DRAWN]]
        self._not_drawn = len(drawn) - len(self._traces)
        self._source = source_of(file) if file else None
        self._state = state
        self._budget = max(_LEAST_BUDGET, settings.budget if budget is None else budget)

    def __repr__(self) -> str:
        """Give the tree as text."""
        return text_of(self._tree, self._traces)

    def _repr_html_(self) -> str:
        """Give the tree and the traces as HTML without script."""
        most = self._budget * _HTML
        fitting = max(1, int(most * _TRACES / (_LEGEND + _LEAST_COLUMNS * _IMAGE_COLUMN)))
        traces = self._thinner(_HTML, _IMAGE_COLUMN, IMAGE_COLUMNS)[:fitting]
        not_drawn = self._not_drawn + len(self._traces) - len(traces)
        return self._fitting(lambda tree: html_of(tree, traces, not_drawn), most)

    def bundle(self, budget: float | None = None) -> dict[str, Any]:
        """Give what JupyterLab's renderer draws from, as ``docs/refs.schema.json`` describes it.

        Args:
            budget: the most bytes of it as JSON, None for its share of the whole.
        """
        share = 1 - _HTML - _TEXT
        most = self._budget * share if budget is None else budget
        traces = self._thinner(most / self._budget, _BUNDLE_COLUMN, COLUMNS)
        return bundle_of(self._tree, traces, self._not_drawn, self._source, int(most), self._state)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Give all forms, for any front end."""
        text = self._fitting(lambda tree: text_of(tree, self._traces), self._budget * _TEXT)
        html = self._repr_html_()
        left = self._budget - json_size(text) - json_size(html)
        return {MIME_TYPE: self.bundle(left), "text/html": html, "text/plain": text}

    def _thinner(self, share: float, column: float, most: int) -> list[Trace]:
        """Give the traces with as many columns as their share of the budget allows."""
        room = self._budget * share * _TRACES / max(1, len(self._traces))
        columns = max(_LEAST_COLUMNS, min(most, int(room / column)))
        return [trace.thinner(columns) for trace in self._traces]

    def _fitting(self, form: Callable[[Tree], str], most: float) -> str:
        """Give a form of the tree, with fewer sections if it would be too long."""
        sections = MAX_SECTIONS
        while True:
            text = form(self._tree.cut(sections))
            if sections == 0 or json_size(text) <= most:
                return text
            sections //= 3
