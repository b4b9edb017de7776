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
from neuronvisio.notes import NeuronvisioWarning
from neuronvisio.views import VariableView

if TYPE_CHECKING:
    from neuronvisio.manager import Manager

RUNNING = "running"
"""State of a bundle of which more is to come."""

FIRST = 10
"""Variables that are drawn where none are named."""

_AFTER_INITIALISATION = 1  # kind of FInitializeHandler that may put events into the queue

# At most five updates a second, and at most this many bytes of them.
_LEAST_SECONDS = 0.2
_BYTES_PER_SECOND = 200_000
_UPDATE_BYTES = 36_000
# An update may cost one part in so many of the time that passes until the next one.
_COST = 40
# Seconds of a running simulation between two looks at the clock, about.
_LOOK_SECONDS = 0.02
# The kernel's own thread sends while this one sleeps, as NEURON never lets it in.
_SEND_SECONDS = 0.002

Make = Callable[[str, int | None], Display]
"""Makes a display of what is recorded now, in a state and within a budget."""


class LiveDisplay:
    """An output of a notebook that follows the runs of NEURON until `close`.

    It looks and never touches: with fixed time steps it is called by events of NEURON's queue,
    with variable ones after each step, and neither changes a result.
    """

    def __init__(self, shell: Any, make: Make) -> None:
        """Show the present state, and wait for runs.

        Args:
            shell: IPython's shell.
            make: makes the display.
        """
        self._shell = shell
        self._make = make
        self._id = f"neuronvisio-{uuid.uuid4().hex}"
        self._has_run = False
        self._is_interrupted = False
        self._problem = ""
        self._per_step: Any = None
        self._interval = 0.0
        self._looked = self._next = 0.0
        self._publish(make("", None)._repr_mimebundle_(), update=False)
        # NEURON and IPython must not keep it alive beyond the Manager.
        own = weakref.ref(self)
        self._handler = hoc().FInitializeHandler(
            _AFTER_INITIALISATION, lambda: _call(own, LiveDisplay._start)
        )
        self._after_cell = lambda *_: _call(own, LiveDisplay._finish)
        shell.events.register("post_run_cell", self._after_cell)
        weakref.finalize(self, _unregister, shell, self._after_cell)

    def _ipython_display_(self) -> None:
        """Show nothing more: it stands in the notebook already."""

    def close(self) -> None:
        """Follow no more runs; what is shown stays. A second time does nothing."""
        self._handler = None
        self._watch_steps(False)
        _unregister(self._shell, self._after_cell)

    def _start(self) -> None:
        """Begin to look, at the start of each run."""
        h = hoc()
        self._has_run = True
        self._is_interrupted = False
        self._problem = ""
        # The last run's state may have been published a moment ago.
        self._looked = time.monotonic()
        self._next = max(self._next, self._looked + _LEAST_SECONDS)
        steps_vary = bool(h.cvode.active())
        self._watch_steps(steps_vary)
        if not steps_vary:
            self._interval = float(h.dt)
            self._ask_again(h)

    def _ask_again(self, h: Any) -> None:
        own = weakref.ref(self)
        h.cvode.event(h.t + self._interval, lambda: _call(own, LiveDisplay._at_event))

    def _at_event(self) -> None:
        try:
            self._look_often()
        except KeyboardInterrupt:
            # NEURON drops what an event raises, but what is raised after a step ends the run.
            self._is_interrupted = True
            self._watch_steps(True)

    def _look_often(self) -> None:
        now = time.monotonic()
        passed = now - self._looked
        self._looked = now
        if passed < _LOOK_SECONDS / 2:
            self._interval *= 2
        elif passed > _LOOK_SECONDS * 2:
            self._interval = max(float(hoc().dt), self._interval / 2)
        self._look()
        self._looked = time.monotonic()
        if self._handler is not None and not self._problem:
            self._ask_again(hoc())

    def _watch_steps(self, wanted: bool) -> None:
        if wanted and self._per_step is None:
            own = weakref.ref(self)
            self._per_step = lambda: _call(own, LiveDisplay._look)
            hoc().cvode.extra_scatter_gather(0, self._per_step)
        elif not wanted and self._per_step is not None:
            hoc().cvode.extra_scatter_gather_remove(self._per_step)
            self._per_step = None

    def _look(self) -> None:
        """Publish what is there, if it is time to.

        Raises:
            KeyboardInterrupt: the user has interrupted the kernel.
        """
        if self._is_interrupted:
            self._is_interrupted = False
            raise KeyboardInterrupt
        start = time.monotonic()
        if start < self._next or self._problem:
            return
        try:
            display = self._make(RUNNING, _UPDATE_BYTES)
            bundle = display.bundle(_UPDATE_BYTES)
            at = hoc().t
            data = {MIME_TYPE: bundle, "text/plain": f"running: t = {at:g} ms"}
            size = json_size(data)
            self._publish(data, update=True)
            time.sleep(_SEND_SECONDS)
        except Exception as error:
            # A display that fails must not end the user's simulation.
            self._problem = f"{type(error).__name__}: {error}"
            return
        end = time.monotonic()
        wait = max(_LEAST_SECONDS, (end - start) * _COST, size / _BYTES_PER_SECOND)
        self._next = end + wait

    def _finish(self) -> None:
        """Show the final state, at the end of the cell that ran a simulation."""
        if not self._has_run:
            return
        self._has_run = False
        self._watch_steps(False)
        self._publish(self._make("", None)._repr_mimebundle_(), update=True)
        if self._problem:
            text = f"the live display stopped in the run: {self._problem}"
            warnings.warn(text, NeuronvisioWarning, stacklevel=2)

    def _publish(self, data: dict[str, Any], update: bool) -> None:
        self._shell.display_pub.publish(data, transient={"display_id": self._id}, update=update)


def live_display(manager: Manager, paths: Sequence[str]) -> LiveDisplay:
    """Show what a Manager records, live, in the notebook that runs.

    Args:
        manager: it is not kept alive by its display.
        paths: the variables to draw; the first ones if there are none.

    Raises:
        RuntimeError: this is no notebook.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        raise RuntimeError("a live display needs a notebook: use show() without live=True here")
    own = weakref.ref(manager)

    def make(state: str, budget: int | None) -> Display:
        known = own()
        if known is None:
            raise ReferenceError("its Manager is gone")
        return known._display(paths or first_paths(known), state, budget, even)

    return LiveDisplay(shell, make)


def first_paths(manager: Manager) -> list[str]:
    """Give the paths of the first variables of a Manager."""
    found = (
        variable.path
        for group_id in manager.refs
        for section in manager[str(group_id)].values()
        for variable in section.values()
    )
    return list(islice(found, FIRST))


def _call(own: weakref.ref[LiveDisplay], method: Callable[[LiveDisplay], None]) -> None:
    live = own()
    if live is not None:
        method(live)


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
