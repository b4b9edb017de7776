"""Notice the runs of NEURON and look in now and then, without a change to any result."""

from __future__ import annotations

import _thread
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

from neuronvisio._neuron import hoc

TOO_LATE = (
    "a live display followed variable time steps, and from then on NEURON would end the process "
    "if it ran on several threads: restart the kernel, or use pc.nthread(1)"
)
THREADS = "NEURON lets nobody look at variable time steps on several threads"
CORENEURON = "CoreNEURON lets nobody look at a run"

# Kinds of FInitializeHandler: the first one called, and one that may put events into the queue.
_BEFORE_EVERYTHING, _AFTER_INITIALISATION = 3, 1

# Stays: NEURON never forgets that a call after each step was wanted.
_guard: list[Any] = []

# Seconds of a running simulation between two looks at the clock, about.
_LOOK_SECONDS = 0.02


class RunWatch:
    """Calls at the start of each run of NEURON, and many times during it, until `close`.

    With fixed time steps an event in NEURON's queue is called back, which asks for the next one;
    with variable steps, where an event would end a step, a call comes after each of them.

    Attributes:
        obstacle: why nothing can be called during the present run, '' if it can.
    """

    def __init__(self, begin: Callable[[], None], look: Callable[[], None]) -> None:
        """Wait for runs.

        Args:
            begin: called at the start of a run; a bound method, which is not kept alive.
            look: called during a run, so it has to be quick to tell that there is nothing to
                do; may raise KeyboardInterrupt and nothing else; not kept alive either.
        """
        self.obstacle = ""
        self._begin_of_owner = weakref.WeakMethod(begin)
        self._look_of_owner = weakref.WeakMethod(look)
        self._interval = 0.0
        self._looked = 0.0
        self._is_ending = False
        self._watches_steps = False
        # NEURON must not keep it alive.
        own = weakref.ref(self)
        self._per_step = _steps(own)
        self._event = _events(own).__next__
        self._event()
        handler = hoc().FInitializeHandler
        self._handlers: list[Any] = [
            handler(_BEFORE_EVERYTHING, lambda: _call(own, RunWatch.rest)),
            handler(_AFTER_INITIALISATION, lambda: _call(own, RunWatch._begin)),
        ]
        weakref.finalize(self, _ignore_steps, self._per_step).atexit = False

    def close(self) -> None:
        """Notice no more runs. A second time does nothing."""
        self._handlers.clear()
        self.rest()

    def rest(self) -> None:
        """Look at no more steps until the next run, and let that run."""
        if self._watches_steps:
            self._watches_steps = False
            _ignore_steps(self._per_step)
        if self._is_ending:
            self._is_ending = False
            hoc().stoprun = 0  # else the next psolve would end at once

    def _begin(self) -> None:
        h = hoc()
        steps_vary = bool(h.cvode.active())
        self.obstacle = _obstacle(h, steps_vary)
        begin = self._begin_of_owner()
        if begin is not None:
            begin()
        if self.obstacle:
            return
        if steps_vary:
            self._watch_steps()
        else:
            self._interval = float(h.dt)
            self._looked = time.monotonic()
            self._ask_again()

    def _ask_again(self) -> None:
        h = hoc()
        h.cvode.event(h.t + self._interval, self._event)

    def _on_event(self) -> None:
        passed = time.monotonic() - self._looked
        if passed < _LOOK_SECONDS / 2:
            self._interval *= 2
        elif passed > _LOOK_SECONDS * 2:
            self._interval = max(float(hoc().dt), self._interval / 2)
        self._look()
        self._looked = time.monotonic()
        if self._handlers:
            self._ask_again()

    def _look(self) -> None:
        look = self._look_of_owner()
        if look is not None:
            look()

    def _watch_steps(self) -> None:
        self._watches_steps = True
        if not _guard:
            _guard.append(hoc().FInitializeHandler(_BEFORE_EVERYTHING, _refuse_threads))
        hoc().cvode.extra_scatter_gather(0, self._per_step)

    def _interrupt(self) -> None:
        """End the run, and have Python raise the interrupt; NEURON drops what an event raises."""
        h = hoc()
        self._is_ending = True
        # Of these two, neither runs a line of Python, which would raise it too early.
        soon = h.t + h.dt
        h.cvode.event(soon, "stoprun = 1")
        h.cvode.event(soon, _thread.interrupt_main)
        # A loop that minds neither goes on, and is looked at.
        h.cvode.event(soon + h.dt, self._event)


def _obstacle(h: Any, steps_vary: bool) -> str:
    core = sys.modules.get("neuron.coreneuron")
    if core is not None and core.enable:
        return CORENEURON
    return THREADS if steps_vary and h.ParallelContext().nthread() > 1 else ""


def _refuse_threads() -> None:
    if hoc().ParallelContext().nthread() > 1:
        raise RuntimeError(TOO_LATE)


def _events(own: weakref.ref[RunWatch]) -> Iterator[None]:
    """Give a generator of which each step is one event.

    An interrupt during a run is raised by the first Python code that comes, which is this. A
    function would be left before its first line, and the interrupt be lost with it; a generator
    goes on within its ``try``.
    """
    while True:
        try:
            yield
            _call(own, RunWatch._on_event)
        except KeyboardInterrupt:
            _call(own, RunWatch._interrupt)


def _steps(own: weakref.ref[RunWatch]) -> Callable[[], None]:
    """Give what is called after each step, many times a millisecond: mostly it reads the clock."""
    clock, due = time.monotonic, 0.0

    def per_step() -> None:
        nonlocal due
        if clock() >= due:
            _call(own, RunWatch._look)
            due = clock() + _LOOK_SECONDS

    return per_step


def _call(own: weakref.ref[RunWatch], method: Callable[[RunWatch], None]) -> None:
    watch = own()
    if watch is not None:
        method(watch)


def _ignore_steps(per_step: Callable[[], None]) -> None:
    hoc().cvode.extra_scatter_gather_remove(per_step)
