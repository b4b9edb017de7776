"""What can be asked of recorded vectors and of the sections they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout
from neuronvisio.recorder import NO_TIME, Recorder, check_section, sections_in
from neuronvisio.refindex import RefIndex
from neuronvisio.refs import MissingError, refs_of_group, x_of_group
from neuronvisio.values import length_of
from neuronvisio.views import VariableView
from neuronvisio.writer import x_of_ref

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Analysis(Recorder):
    """Gives recorded vectors back, and relates and draws them."""

    def __init__(self) -> None:
        """Start with nothing recorded."""
        super().__init__()
        self._indexes: dict[str, RefIndex] = {}
        self._loaded_x: dict[str, Any] = {}

    def get_vector(self, sec: Any, var: str, group: str = layout.VECREF) -> Any | None:
        """Give the values of one variable.

        Args:
            sec: NEURON section, or the section's name as the ref has it; for a loaded file
                its name there, or the one it had in NEURON.
            var: name of the variable.
            group: id of the group.

        Returns:
            What the ref holds, e.g. the HocVector; None if nothing was recorded.

        Raises:
            KeyError: there is no such group.
        """
        refs = refs_of_group(group, self.refs)
        self._renew_loaded_x()
        if not isinstance(sec, str):
            check_section(sec)
            ref = self._vec_ref_of(sec) if group == layout.VECREF else None
            if ref is not None and var in ref.vecs:
                return ref.vecs[var]
            sec = sec.name()
        index = self._indexes.get(group)
        if index is None or not index.is_of(refs):
            index = self._indexes[group] = RefIndex(refs)
        found = index.find(sec, var)
        if found is None and not index.unchanged():
            index = self._indexes[group] = RefIndex(refs)
            found = index.find(sec, var)
        return None if found is None else found.vecs[var]

    def get_time(self) -> Any:
        """Give the recorded time, in ms.

        Raises:
            KeyError: no time is recorded.
        """
        if layout.TIME not in self.groups:
            raise MissingError(NO_TIME)
        return self.groups[layout.TIME]

    def get_vectors(self, section_list: Iterable[Any], var: str) -> dict[str, Any]:
        """Give one variable of several sections.

        Args:
            section_list: NEURON sections.
            var: name of the variable.

        Returns:
            Name of each section -> its vector, None where nothing was recorded.

        Raises:
            AttributeError: an item is no section.
            KeyError: nothing at all was recorded from sections.
        """
        sections = sections_in(section_list)
        return {sec.name(): self.get_vector(sec, var) for sec in sections}

    def sum_vector(self, vec1: Any, vec2: Any) -> NDArray[Any]:
        """Add two vectors sample by sample.

        Args:
            vec1: values, shape (n,).
            vec2: values, shape (n,).

        Returns:
            The sums, shape (n,).

        Raises:
            ValueError: the lengths differ.
            TypeError: one is None, as `get_vector` gives it, or has no samples to add.
        """
        for place, vec in (("first", vec1), ("second", vec2)):
            if length_of(vec) is None:
                what = "None, so it was not recorded" if vec is None else type(vec).__name__
                raise TypeError(f"the {place} vector of the sum is {what}; give values")
            if any(value is None for value in (vec if isinstance(vec, (list, tuple)) else ())):
                raise TypeError(f"the {place} vector of the sum has None among its values")
        first, second = np.asarray(vec1), np.asarray(vec2)
        if len(first) != len(second):
            raise ValueError(f"vectors of {len(first)} and {len(second)} samples have no sum")
        total: NDArray[Any] = first + second
        return total

    def get_tree(self, sec: Any) -> list[Any]:
        """Give the way from a section to the root of its cell.

        Args:
            sec: NEURON section.

        Returns:
            The section, its parent and so on; the root is last.
        """
        check_section(sec)
        path = [sec]
        while (at := path[-1].parentseg()) is not None:
            path.append(at.sec)
        return path

    def get_distance(self, sections: Iterable[Any], base_sec: Any) -> dict[str, float]:
        """Give how far the far end of sections is from the far end of a base section.

        Whole lengths are added from each section to the root of its cell; the base's own length
        is taken off. So it is a distance where the base is the root.

        Args:
            sections: NEURON sections.
            base_sec: NEURON section, mostly the soma.

        Returns:
            Name of each section -> distance in um.
        """
        check_section(base_sec)
        base = float(base_sec.L)
        return {
            sec.name(): sum(part.L for part in self.get_tree(sec)) - base
            for sec in sections_in(sections)
        }

    def create_3d_grid(
        self,
        distance_dic: Mapping[str, float],
        time: Any,
        variable_dic: Mapping[str, Any],
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Arrange a variable of several sections as a surface.

        Args:
            distance_dic: name of each section -> distance in um.
            time: times in ms, shape (n,).
            variable_dic: name of each section -> values, shape (n,).

        Returns:
            Times, distances and values, each of shape (sections, n), the sections in the order
            of `distance_dic`.

        Raises:
            KeyError: a section has no values.
            ValueError: values differ in length from the times.
        """
        times = np.asarray(time, dtype=float)
        values = []
        for name in distance_dic:
            values.append(np.asarray(variable_dic[name], dtype=float))
            if values[-1].shape != times.shape:
                raise ValueError(f"{name} has {values[-1].size} samples, the time has {times.size}")
        distances = np.fromiter(distance_dic.values(), float, len(distance_dic))
        grid = np.array(values).reshape(len(distances), len(times))
        x, y = np.meshgrid(times, distances)
        return x, y, grid

    def plot_vecs(
        self,
        vecs_dic: Mapping[str, Any],
        x: Any = None,
        legend: bool = True,
        figure_num: int | None = None,
        points: bool = False,
    ) -> None:
        """Draw vectors with matplotlib.

        What differs in length from x is drawn against its sample numbers, with a warning.

        Args:
            vecs_dic: label -> values, or name of a section -> (variable -> values).
            x: values of the horizontal axis; None takes for each vector the x that its ref
                has, here or in the file it was loaded from, else the recorded time.
            legend: whether to show the labels.
            figure_num: number of the figure to draw into; None makes a new one.
            points: whether to mark every sample.

        Raises:
            KeyError: no x is given, a vector has none of its own and no time is recorded.
            ModuleNotFoundError: matplotlib is not installed.
        """
        from neuronvisio.plotting import draw_vectors

        choices = self._choices_of_x() if x is None else lambda values: (x,)
        draw_vectors(vecs_dic, choices, legend=legend, figure_num=figure_num, points=points)

    def _renew_loaded_x(self) -> None:
        """Let loaded refs follow, where the x of their group was replaced in `groups`."""
        for group_id, loaded in self._loaded_x.items():
            if group_id not in self.groups or (x := self.groups[group_id]) is loaded:
                continue
            self._loaded_x[group_id] = x
            if group_id == layout.VECREF and self.groups.get(layout.TIME) is loaded:
                self.groups[layout.TIME] = x
            for ref in self.refs.get(group_id, ()):
                if getattr(ref, "loaded", False) is True and ref.own_x is loaded:
                    ref.replace_x(x)

    def _choices_of_x(self) -> Callable[[Any], Iterator[Any]]:
        """Give a function that tells, for the values of a ref or a view, which x they may have."""
        self._renew_loaded_x()
        x_by_values: dict[int, Any] = {}
        for group_id, refs in self.refs.items():
            x = x_of_group(group_id, self.groups, self.refs)
            for ref in refs:
                # The vectors of a file know their x; listing them all would take long.
                if getattr(ref, "loaded", False) is not True:
                    own = x_of_ref(ref, x)
                    x_by_values |= dict.fromkeys(map(id, (ref.vecs or {}).values()), own)

        def choices(values: Any) -> Iterator[Any]:
            own = values.x if isinstance(values, VariableView) else x_by_values.get(id(values))
            if own is not None:
                yield own
            yield self.get_time()

        return choices

    def plot3D(  # noqa: N802 - the name that scripts know
        self, sections: Sequence[Any], base_sec: Any, var: str
    ) -> Figure:
        """Draw a variable over time and distance as a surface, with matplotlib.

        Args:
            sections: NEURON sections in which the variable was recorded.
            base_sec: NEURON section from which distances count, mostly the soma.
            var: name of the variable.

        Returns:
            The figure.

        Raises:
            KeyError: no time is recorded, or nothing from sections.
            ValueError: a section has no such variable, or values of another length.
            ModuleNotFoundError: matplotlib is not installed.
        """
        from neuronvisio.plotting import draw_surface

        vectors = self.get_vectors(sections, var)
        missing = [name for name, vector in vectors.items() if vector is None]
        if missing:
            raise ValueError(f"{var} was not recorded in {', '.join(missing)}")
        distances = self.get_distance(sections, base_sec)
        return draw_surface(*self.create_3d_grid(distances, self.get_time(), vectors), var)
