"""Times of cells that take time steps of their own (NEURON's local variable time step)."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from neuronvisio._neuron import hoc
from neuronvisio.refs import VecRef

_BEFORE_EVERYTHING = 3  # kind of FInitializeHandler that may still add recordings


class OwnTimes:
    """Records the time of each cell, once cells no longer share their time steps.

    Local time steps may be switched on after recording was set up. So every initialisation of a
    simulation looks again; with shared steps it does nothing.
    """

    def __init__(self, refs: Callable[[], Iterable[VecRef]]) -> None:
        """Start with nothing to watch.

        Args:
            refs: gives the recorded refs; a bound method, which is not kept alive.
        """
        self._refs = weakref.WeakMethod(refs)
        self._of_cell: dict[Hashable, Any] = {}
        self._given: dict[int, Hashable] = {}
        self._every_step: set[int] = set()
        self._handler: Any = None

    def watch(self, ref: VecRef) -> None:
        """Give the ref the time of its cell, now or when that has steps of its own.

        Args:
            ref: has vectors that are recorded at every time step.
        """
        self._every_step.add(id(ref))
        h = hoc()
        if self._handler is None:
            # The handler must not keep the Manager alive, hence no bound method.
            own = weakref.ref(self)
            self._handler = h.FInitializeHandler(_BEFORE_EVERYTHING, lambda: _renew(own))
        if h.cvode.use_local_dt():
            self._give_time(h, ref)

    def renew(self) -> None:
        """Give all refs their times, if steps are local."""
        refs, h = self._refs(), hoc()
        if refs is None or not h.cvode.use_local_dt():
            return
        for ref in refs():
            if id(ref) in self._every_step:
                # A section that was deleted has nothing more to record.
                with contextlib.suppress(ReferenceError):
                    self._give_time(h, ref)

    def _give_time(self, h: Any, ref: VecRef) -> None:
        root = _root(ref.sec)
        # Sections may have been connected anew since; an x of the user's own stays.
        if ref.own_x is not None and self._given.get(id(ref), root) == root:
            return
        if root not in self._of_cell:
            vector = h.Vector()
            vector.record(h._ref_t, sec=root)
            self._of_cell[root] = vector
        ref.own_x = self._of_cell[root]
        self._given[id(ref)] = root


def _renew(own: weakref.ref[OwnTimes]) -> None:
    times = own()
    if times is not None:
        times.renew()


def _root(section: Any) -> Any:
    while (at := section.parentseg()) is not None:
        section = at.sec
    return section
