"""Record vectors from NEURON and keep them in refs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neuronvisio import layout
from neuronvisio._neuron import hoc, loaded_hoc
from neuronvisio.notes import Notes
from neuronvisio.owntimes import OwnTimes
from neuronvisio.refs import MissingError, SynVecRef, VecRef
from neuronvisio.values import length_of, same_values

NO_TIME = (
    "no time is recorded yet: record a variable with add_vecRef, or the time with "
    "create_time_record, before"
)


def check_section(sec: Any) -> None:
    """Say what is wrong with something that should be a NEURON section.

    Args:
        sec: what was given for one.

    Raises:
        AttributeError: it is a name, or anything else without the ways of a section.
    """
    if not callable(getattr(sec, "name", None)):
        hint = ", not its name" if isinstance(sec, str) else ""
        raise AttributeError(f"{sec!r} is no NEURON section; give the section itself{hint}")


def sections_in(sections: Iterable[Any]) -> list[Any]:
    """Give the sections of a list.

    Args:
        sections: what was given for a list of NEURON sections.

    Raises:
        AttributeError: it is a name, or has an item that is no section.
    """
    found = [sections] if isinstance(sections, str) else list(sections)
    for sec in found:
        check_section(sec)
    return found


class Recorder:
    """Records and keeps the vectors of a simulation, group by group.

    Attributes:
        groups: group id -> the group's x; the recorded time also under ``'t'``.
        refs: group id -> the refs of the group, in the order in which they came.
    """

    def __init__(self) -> None:
        """Start with nothing recorded. NEURON is not needed, and not loaded, for this."""
        self.groups: dict[str, Any] = {}
        self.refs: dict[str, list[Any]] = {}
        self._time: Any = None
        self._by_section: dict[Any, VecRef] = {}
        self._indexed = (0, 0)
        self._own_times = OwnTimes(self._recorded_refs)
        loaded_hoc()

    def add_vecRef(  # noqa: N802 - the name that scripts know
        self,
        var: str,
        sec: Any,
        time_interval_recording: float | None = None,
        point_process: Any = None,
    ) -> bool:
        """Record a variable in the middle of a section.

        The first call also starts recording the time, with the same interval.

        Args:
            var: name of a range variable, e.g. ``'v'``, ``'ina'``, ``'m_hh'``.
            sec: NEURON section.
            time_interval_recording: ms between two samples; None records every time step.
            point_process: point process whose cell's time steps are recorded with local
                variable steps; None takes the first of the section, if it has any.

        Returns:
            True if a vector was made; False if the section has no such variable or it is
            recorded already.

        Raises:
            AttributeError: `var` belongs to the section as a whole, such as ``'L'``.
            ModuleNotFoundError: NEURON is not installed.
        """
        check_section(sec)
        ref = self._vec_ref_of(sec)
        if ref is not None and var in ref.vecs:
            return False
        if not hasattr(sec(0.5), var) and not hasattr(sec, var):
            return False
        vector = self.create_record_vector(sec, var, time_interval_recording, point_process)
        if layout.TIME not in self.groups or self._time_is_foreign():
            self.create_time_record(
                time_interval_recording, point_process or self.find_point_process(sec)
            )
        if ref is None:
            ref = VecRef(sec)
            self.add_ref(ref, self._time_of_vec_refs())
            self._by_section[sec] = ref
            refs = self.refs[layout.VECREF]
            self._indexed = (id(refs), len(refs))
        ref.vecs[var] = vector
        if time_interval_recording is None:
            self._own_times.watch(ref)
        return True

    def add_all_vecRef(  # noqa: N802
        self,
        var: str,
        time_interval_recording: float | None = None,
        point_process: Any = None,
    ) -> None:
        """Record a variable in the middle of every section of the model.

        Args:
            var: name of a range variable.
            time_interval_recording: ms between two samples; None records every time step.
            point_process: as for `add_vecRef`.

        Raises:
            AttributeError: `var` belongs to sections as a whole, such as ``'L'``.
            ModuleNotFoundError: NEURON is not installed.
        """
        missed = [
            sec.name()
            for sec in hoc().allsec()
            if not self.add_vecRef(var, sec, time_interval_recording, point_process)
        ]
        if missed:
            notes = Notes()
            for name in missed:
                notes.add(f"{var} was not added for sections without it or with it recorded", name)
            notes.warn(stacklevel=2)

    def add_ref(self, generic_ref: Any, x: Any) -> None:
        """Keep a ref of any kind in the group that its `group_id` names.

        Args:
            generic_ref: a `BaseRef`, or any object with the same attributes.
            x: values of the independent variable, shape (n,). The first one of a group is the
                group's; a ref with another keeps that as its `own_x`. None, or a list without
                values, is no x: the group's counts.
        """
        group_id = generic_ref.group_id
        if group_id not in self.refs:
            self.refs[group_id] = []
            is_time = group_id == layout.TIME and self.groups.get(layout.TIME) is self._time
            if group_id not in self.groups or group_id == layout.VECREF or is_time:
                self.groups[group_id] = x
        if not self._goes_by(generic_ref, x):
            generic_ref.own_x = x
        self.refs[group_id].append(generic_ref)

    def add_synVecRef(self, synapse: Any) -> None:  # noqa: N802
        """Keep what was recorded from a synapse, against the recorded time.

        Args:
            synapse: object with `chan_type`, `section` (a NEURON section) and `vecs`
                (variable name -> values).

        Raises:
            KeyError: no time is recorded yet; nothing is kept.
        """
        if layout.TIME not in self.groups:
            raise MissingError(NO_TIME)
        x = self.groups[layout.TIME]
        self.add_ref(SynVecRef(synapse.chan_type, synapse.section.name(), synapse.vecs), x)

    def find_point_process(self, sec: Any) -> Any | None:
        """Give the first point process of a section, from its 0 end on, or None."""
        check_section(sec)
        return next((found for seg in sec for found in seg.point_processes()), None)

    def create_record_vector(
        self,
        sec: Any,
        var: str,
        time_interval_recording: float | None = None,
        point_process: Any = None,
    ) -> Any:
        """Make a vector that records a variable in the middle of a section.

        Args:
            sec: NEURON section.
            var: name of a range variable.
            time_interval_recording: ms between two samples; None records every time step.
            point_process: point process of the cell whose time steps count; None takes the
                section's own.

        Returns:
            The HocVector; empty until the simulation runs.

        Raises:
            AttributeError: the section has no such range variable.
            ModuleNotFoundError: NEURON is not installed.
        """
        check_section(sec)
        vector = hoc().Vector()
        source = getattr(sec(0.5), f"_ref_{var}")
        interval = () if time_interval_recording is None else (time_interval_recording,)
        if point_process is None:
            vector.record(source, *interval, sec=sec)
        else:
            vector.record(point_process, source, *interval)
        return vector

    def create_time_record(
        self, time_interval_recording: float | None = None, point_process: Any = None
    ) -> Any:
        """Record the time, in ms, and make it the x of what is recorded from sections.

        Args:
            time_interval_recording: ms between two samples; None records every time step.
            point_process: point process of the cell whose time steps count.

        Returns:
            The HocVector, which is also ``groups['t']``.

        Raises:
            ModuleNotFoundError: NEURON is not installed.
        """
        h = hoc()
        vector = h.Vector()
        source = (h._ref_t,) if point_process is None else (point_process, h._ref_t)
        interval = () if time_interval_recording is None else (time_interval_recording,)
        vector.record(*source, *interval)
        self._time = vector
        if layout.TIME not in self.refs:  # else a group of the user's is called t
            self.groups[layout.TIME] = vector
        if layout.VECREF in self.refs:
            self.groups[layout.VECREF] = vector
        return vector

    def _vec_ref_of(self, sec: Any) -> VecRef | None:
        """Find the section's VecRef; `refs` is public, so the index has to be checked."""
        refs = self.refs.get(layout.VECREF, [])
        if self._indexed != (id(refs), len(refs)):
            self._by_section = {ref.sec: ref for ref in self._recorded_refs()}
            self._indexed = (id(refs), len(refs))
        return self._by_section.get(sec)

    def _goes_by(self, ref: Any, x: Any) -> bool:
        """Tell whether x is what the ref's group has, or nothing that could be an x."""
        if not (length_of(x) or hasattr(x, "as_numpy")):
            return True
        if isinstance(ref, VecRef):
            # Whatever was there before it, a recorded time becomes the x of the recorded refs.
            return any(x is time for time in (self._time, self.groups.get(layout.TIME)))
        if any(getattr(other, "loaded", False) for other in self.refs[ref.group_id][:1]):
            return False  # the group's x is that of a file, which is none of this ref's
        return same_values(x, self.groups[ref.group_id])

    def _recorded_refs(self) -> Iterable[VecRef]:
        refs = self.refs.get(layout.VECREF, [])
        recorded = (ref for ref in refs if isinstance(ref, VecRef) and not ref.loaded)
        return (ref for ref in recorded if ref.sec is not None)

    def _time_is_foreign(self) -> bool:
        """Tell whether ``groups['t']`` is of the user's group called t, or of a loaded file."""
        if self._time is not None:
            return False
        return layout.TIME in self.refs or hasattr(self.groups[layout.TIME], "problem")

    def _time_of_vec_refs(self) -> Any:
        return self._time if layout.TIME in self.refs else self.groups[layout.TIME]
