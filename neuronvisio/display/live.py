"""A display in a notebook whose traces grow while NEURON runs."""

from __future__ import annotations

import sys
import time
import uuid
import warnings
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from neuronvisio._neuron import hoc
from neuronvisio.display import MIME_TYPE, Display
from neuronvisio.display.bundle import json_size
from neuronvisio.display.watch import RunWatch
from neuronvisio.notes import NeuronvisioWarning
from neuronvisio.views import VariableView

if TYPE_CHECKING:
    from neuronvisio.manager import Manager

RUNNING = "running"
"""State of a bundle of which more is to come."""

FIRST = 10
"""Variables that are drawn where none are named."""

NO_NOTEBOOK = "a live display needs a notebook: this shows what is recorded now"
"""What is said where there is no notebook."""

# With the final one, which waits for nothing, there are at most five updates in any second.
_LEAST_SECONDS = 0.25
_BYTES_PER_SECOND = 200_000
_UPDATE_BYTES = 40_000
# An update may cost one part in so many of the time that passes until the next one.
_COST = 40
# The kernel's own thread sends while this one sleeps, as NEURON never lets it in.
_SEND_SECONDS = 0.002

Make = Callable[[str, int | None], Display]
"""Makes a display of what is recorded now, in a state and within a budget."""


class LiveDisplay:
    """An output of a notebook that follows the runs of NEURON until `close`."""

    def __init__(self, shell: Any, manager: Manager, make: Make) -> None:
        """Show the present state, and wait for runs.

        Args:
            shell: IPython's shell.
            manager: what is shown; it is kept alive only from a run to the end of its cell.
            make: makes the display.
        """
        self._shell = shell
        self._manager = weakref.ref(manager)
        self._make = make
        self._id = f"neuronvisio-{uuid.uuid4().hex}"
        self._has_run = self._is_closed = False
        self._problem = ""
        self._told = ""
        self._began = self._shown_at = 0.0
        self._next = 0.0
        self._publish(make("", None)._repr_mimebundle_(), update=False)
        # IPython must not keep it alive beyond the Manager, but for what is held.
        own = weakref.ref(self)
        held: list[Any] = []
        self._held = held

        def after_cell(*_: Any) -> None:
            live = own()
            if live is not None:
                live._finish()
            held.clear()

        self._after_cell = after_cell
        self._watch = RunWatch(self._start, self._look)
        shell.events.register("post_run_cell", after_cell)
        weakref.finalize(self, _unregister, shell, after_cell)

    def _ipython_display_(self) -> None:
        """Show nothing more: it stands in the notebook already."""

    def close(self) -> None:
        """Follow no more runs; what is shown stays. A second time does nothing."""
        if self._is_closed:
            return
        self._finish()
        self._end()

    def _end(self) -> None:
        self._is_closed = True
        self._watch.close()
        self._held.clear()
        _unregister(self._shell, self._after_cell)

    def _start(self) -> None:
        """Get ready, at the start of each run."""
        self._has_run = True
        self._problem = ""
        self._began = float(hoc().t)
        # A function that runs a model may be left before the cell ends.
        self._held[:] = (self, self._manager())

    def _look(self) -> None:
        """Publish what is there, if it is time to."""
        start = time.monotonic()
        if start < self._next or self._problem:
            return
        at = float(hoc().t)
        if at == self._began:
            return  # NEURON may not have emptied the vectors of the last run yet
        try:
            bundle = self._make(RUNNING, _UPDATE_BYTES).bundle(_UPDATE_BYTES)
            text = f"running: t = {at:g} ms"
            self._has_run = True
            self._publish({MIME_TYPE: bundle, "text/plain": text}, update=True)
            time.sleep(_SEND_SECONDS)
        except Exception as error:
            # A display that fails must not end the user's simulation.
            self._problem = f"{type(error).__name__}: {error}"
        end = time.monotonic()
        self._next = max(self._next, end + (end - start) * _COST)

    def _finish(self) -> None:
        """Show the final state, at the end of a cell in which NEURON ran."""
        # The second of these: a run that was begun in an earlier cell.
        if self._is_closed or not (self._has_run or hoc().t != self._shown_at):
            return
        self._has_run = False
        self._watch.rest()
        try:
            self._publish(self._make("", None)._repr_mimebundle_(), update=True)
        except ReferenceError:
            self._end()  # nobody has the Manager any more
        except Exception as error:
            self._problem = f"{type(error).__name__}: {error}"
        if self._problem:
            self._warn(f"the live display stopped: {self._problem}")
        elif self._watch.obstacle and self._watch.obstacle != self._told:
            self._told = self._watch.obstacle
            self._warn(f"{self._told}: the live display shows it at its end")

    def _warn(self, text: str) -> None:
        warnings.warn(text, NeuronvisioWarning, stacklevel=2)

    def _publish(self, data: dict[str, Any], update: bool) -> None:
        self._shell.display_pub.publish(data, transient={"display_id": self._id}, update=update)
        wait = max(_LEAST_SECONDS, json_size(data) / _BYTES_PER_SECOND)
        self._next = time.monotonic() + wait
        self._shown_at = float(hoc().t)


def live_display(manager: Manager, paths: Sequence[str]) -> LiveDisplay | None:
    """Show what a Manager records, live, in the notebook that runs; None if there is none.

    Args:
        manager: it is not kept alive by its display.
        paths: the variables to draw; the first ones if there are none.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if getattr(shell, "kernel", None) is None:  # IPython in a terminal has none
        return None
    own = weakref.ref(manager)

    def make(state: str, budget: int | None) -> Display:
        known = own()
        if known is None:
            raise ReferenceError("its Manager is gone")
        return known._display(paths or first_paths(known), state, budget, even)

    return LiveDisplay(shell, manager, make)


def first_paths(manager: Manager) -> list[str]:
    """Give the paths of the first variables of a Manager."""
    found = (
        variable.path
        for group_id in manager.refs
        for section in manager[str(group_id)].values()
        for variable in section.values()
    )
    return list(islice(found, FIRST))


def _unregister(shell: Any, callback: Any) -> None:
    with suppress(ValueError):  # it was before
        shell.events.unregister("post_run_cell", callback)


def even(variables: Sequence[VariableView]) -> list[VariableView]:
    """Give variables with as many samples as their x has so far, and x with as many as they.

    In the middle of a time step one of the two may be a sample ahead.
    """
    return [_even(variable) for variable in variables]


def _even(variable: VariableView) -> VariableView:
    x = variable.x
    if x is None or x.ndim != 1 or variable.ndim != 1 or len(x) == len(variable):
        return variable
    length = min(len(x), len(variable))
    return _cut(variable, length, _cut(x, length, None))


def _cut(variable: VariableView, length: int, x: VariableView | None) -> VariableView:
    return VariableView(
        variable.name,
        variable.path,
        lambda part: variable.read()[:length][part],
        shape=(length,),
        dtype=variable.dtype,
        x=x,
        units=variable.units,
        detail=variable.detail,
        problem=variable.problem,
    )
