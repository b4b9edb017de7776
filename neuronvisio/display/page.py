"""The HTML of a tree and of traces: no script, nothing fetched, every text escaped."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Iterable, Sequence
from html import escape

import numpy as np

from neuronvisio.display.drawing import Trace, ticks_of
from neuronvisio.display.tree import MAX_TEXT, Branch, Limb, Tree, counted

# Told apart also by those who see few colours (after Okabe and Ito, 2008), on light and dark.
COLOURS = ("#2f8fd0", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#999999")

IMAGE_COLUMNS = 320
"""Columns of a plot, two pixels wide."""

_WIDTH, _HEIGHT = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 24, 12, 44
_OPEN_SECTIONS = 1

# As an image it stays where front ends take SVG out of HTML, but knows nothing of the page's
# colours: this grey can be read on white and on black.
_GREY = "#7d7d7d"
_TEXT = f'fill="{_GREY}" font-size="12" font-family="sans-serif"'
_TABLE = "margin: 0 0 0 2.4em; border-collapse: collapse"
_LIST = "margin-left: 1.2em; max-height: 24em; overflow: auto"
_CELL = "padding: 0 1em 0 0; text-align: left; border: 0"


def html_of(tree: Tree, traces: Sequence[Trace], not_drawn: int = 0) -> str:
    """Write a tree, and the traces drawn.

    Args:
        tree: the tree.
        traces: what is drawn.
        not_drawn: number of traces that were left out.
    """
    drawn = [trace for trace in traces if len(trace.y)]
    parts = [f"<p><b>{_text(tree.title)}</b></p>"]
    # Quantities of different units share no axis.
    for axes in dict.fromkeys((trace.x_label, trace.quantity) for trace in drawn):
        parts.append(_plot([t for t in drawn if (t.x_label, t.quantity) == axes]))
    parts += [_note(trace) for trace in traces if trace.note or trace.problem]
    if not_drawn:
        parts.append(f"<p>{counted(not_drawn, 'more trace')} not drawn.</p>")
    parts += [_limb(limb, is_open=not traces) for limb in tree.limbs]
    parts += _more(tree.count - len(tree.limbs), "group")
    return f'<div class="neuronvisio">{"".join(parts)}</div>'


def _note(trace: Trace) -> str:
    if trace.problem:
        return f"<p>{_text(trace.path)} is not drawn: {_text(trace.problem)}.</p>"
    return f"<p>{_text(trace.path)}: {_text(trace.note)}.</p>"


def _limb(limb: Limb, is_open: bool) -> str:
    x = f", x: {_text(limb.x.facts)}" if limb.x else ""
    inside = [_branch(branch) for branch in limb.branches]
    inside += _more(limb.count - len(limb.branches), "section")
    return (
        f"<details{' open' if is_open else ''}><summary><b>{_text(limb.name)}</b> "
        f"{counted(limb.count, 'section')}{x}</summary>"
        f'<div style="{_LIST}">{"".join(inside)}</div></details>'
    )


def _branch(branch: Branch) -> str:
    if branch.problem:
        return f"<div>{_text(branch.name)}: {_text(branch.problem)}</div>"
    rows = "".join(
        f'<tr style="background: none">{_cell(leaf.name)}{_cell(leaf.facts)}{_cell(leaf.detail)}'
        "</tr>"
        for leaf in branch.leaves
    )
    return (
        f"<details><summary>{_text(branch.name)}</summary>"
        f'<table style="{_TABLE}">{rows}</table>'
        f"{''.join(_more(branch.count - len(branch.leaves), 'variable'))}</details>"
    )


def _more(left: int, noun: str) -> list[str]:
    return [f"<div>&hellip; and {counted(left, f'more {noun}')}</div>"] if left else []


def _cell(text: str) -> str:
    return f'<td style="{_CELL}">{_text(text)}</td>'


def _plot(traces: Sequence[Trace]) -> str:
    """Draw traces of one unit into one plot, with axes and a legend."""
    points = np.concatenate([piece for trace in traces for piece in trace.pieces])
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    if y0 == y1:
        y0, y1 = y0 - (abs(y0) or 1) / 20, y1 + (abs(y1) or 1) / 20
    if x0 == x1:
        x0, x1 = x0 - 0.5, x1 + 0.5
    if not all(map(math.isfinite, (x1 - x0, y1 - y0))):
        return f"<p>{_text(traces[0].y_label)}: its values span too much to be drawn.</p>"
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def place(x: float, y: float) -> tuple[float, float]:
        return _LEFT + (x - x0) / (x1 - x0) * wide, _TOP + (y1 - y) / (y1 - y0) * high

    lines = []
    for index, trace in enumerate(traces):
        # A lone sample has no line: a stroke of no length with round ends shows it.
        runs = [piece if len(piece) > 1 else np.repeat(piece, 2, axis=0) for piece in trace.pieces]
        course = "".join(
            "M" + "L".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y in run) for run in runs
        )
        lines.append(
            f'<path d="{course}" fill="none" stroke="{COLOURS[index % len(COLOURS)]}"'
            f' stroke-width="1.2" stroke-linejoin="round" stroke-linecap="round"'
            f"{_dashes(index)}/>"
        )
    names = "Plot of " + ", ".join(trace.path for trace in traces)
    axes = _axes(place, (x0, x1), (y0, y1), traces)
    return _image([*axes, *lines], _WIDTH, _HEIGHT, names) + _legend(traces)


def _image(parts: Iterable[str], width: int, height: int, words: str) -> str:
    """Make an image of SVG, which can neither run nor fetch anything."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{"".join(parts)}</svg>'
    )
    source = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    return f'<img src="{source}" width="{width}" height="{height}" alt="{_text(words)}">'


def _axes(
    place: Callable[[float, float], tuple[float, float]],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    traces: Sequence[Trace],
) -> Iterable[str]:
    left, bottom = place(x_range[0], y_range[0])
    right, top = place(x_range[1], y_range[1])
    grid = f'stroke="{_GREY}" stroke-opacity="0.3"'
    below, beside = f'y="{bottom + 16:.1f}" text-anchor="middle"', f'x="{left - 6:.1f}"'
    for tick in ticks_of(*x_range, wanted=6):
        x = place(tick, y_range[0])[0]
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}" {grid}/>'
        yield f'<text x="{x:.1f}" {below} {_TEXT}>{tick:.12g}</text>'
    for tick in ticks_of(*y_range, wanted=5):
        y = place(x_range[0], tick)[1]
        yield f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" {grid}/>'
        yield f'<text {beside} y="{y + 4:.1f}" text-anchor="end" {_TEXT}>{tick:.12g}</text>'
    middle = (left + right) / 2
    label = _text(traces[0].x_label)
    yield f'<text x="{middle:.1f}" y="{_HEIGHT - 8}" text-anchor="middle" {_TEXT}>{label}</text>'
    middle = (top + bottom) / 2
    turned = f'transform="rotate(-90 14 {middle:.1f})"'
    labels = {trace.y_label for trace in traces}
    label = _text(labels.pop() if len(labels) == 1 else traces[0].quantity)
    yield f'<text x="14" y="{middle:.1f}" text-anchor="middle" {turned} {_TEXT}>{label}</text>'


def _legend(traces: Sequence[Trace]) -> str:
    items = "".join(
        f'<span style="display: inline-block; margin-right: 1.2em">{_swatch(index)} '
        f"{_text(trace.path)}</span> "
        for index, trace in enumerate(traces)
    )
    return f"<div>{items}</div>"


def _swatch(index: int) -> str:
    colour = COLOURS[index % len(COLOURS)]
    line = f'<path d="M0 5H22" stroke="{colour}" stroke-width="2"{_dashes(index)}/>'
    return _image([line], 22, 10, "")


def _dashes(index: int) -> str:
    """Tell traces of one colour apart."""
    styles = ("", ' stroke-dasharray="6 3"', ' stroke-dasharray="2 3"')
    return styles[index // len(COLOURS) % len(styles)]


def _text(text: str) -> str:
    """Make a text of a file harmless: no markup, no control characters, of sensible length."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:MAX_TEXT])
    return escape(shown) + ("&hellip;" if len(text) > MAX_TEXT else "")
