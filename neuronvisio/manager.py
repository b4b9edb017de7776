"""The Manager: record vectors from NEURON, keep them in refs, save them in a result file."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout, names
from neuronvisio.nodes import require_group
from neuronvisio.notes import NeuronvisioWarning, Notes
from neuronvisio.recorder import Recorder
from neuronvisio.refs import BaseRef, SynVecRef, VecRef
from neuronvisio.runs import new_run_dir
from neuronvisio.saving import new_file, write_groups, write_morphology
from neuronvisio.values import length_of
from neuronvisio.writer import ResultWriter, write_node

__all__ = ["BaseRef", "Manager", "NeuronvisioWarning", "SynVecRef", "VecRef"]


class Manager(Recorder):
    """Records the vectors of a simulation, gives them back and saves them.

    Attributes:
        groups: group id -> the group's x; the recorded time also under ``'t'``.
        refs: group id -> the refs of the group, in the order in which they came.
        results_root: name of the group that holds the results in a file.
        geometry_root: name of the group that holds the morphology in a file.
        geometry_node_name: name of the morphology in that group.
    """

    def __init__(self) -> None:
        """Start with nothing recorded. NEURON is not needed, and not loaded, for this."""
        super().__init__()
        self.results_root = layout.RESULTS
        self.geometry_root = layout.GEOMETRY
        self.geometry_node_name = layout.GEOMETRY_NODE

    def get_vector(self, sec: Any, var: str, group: str = layout.VECREF) -> Any | None:
        """Give the values of one variable.

        Args:
            sec: NEURON section, or the section's name as the ref has it.
            var: name of the variable.
            group: id of the group.

        Returns:
            What the ref holds, e.g. the HocVector; None if nothing was recorded.

        Raises:
            KeyError: there is no such group.
        """
        refs = self.refs[group]
        if not isinstance(sec, str):
            ref = self._vec_ref_of(sec) if group == layout.VECREF else None
            if ref is not None and var in ref.vecs:
                return ref.vecs[var]
            sec = sec.name()
        found = (ref.vecs[var] for ref in refs if ref.sec_name == sec and var in ref.vecs)
        return next(found, None)

    def get_time(self) -> Any:
        """Give the recorded time, in ms.

        Raises:
            KeyError: no time is recorded.
        """
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
        return {sec.name(): self.get_vector(sec, var) for sec in section_list}

    def sum_vector(self, vec1: Any, vec2: Any) -> NDArray[Any]:
        """Add two vectors sample by sample.

        Args:
            vec1: values, shape (n,).
            vec2: values, shape (n,).

        Returns:
            The sums, shape (n,).

        Raises:
            ValueError: the lengths differ.
        """
        first, second = np.asarray(vec1), np.asarray(vec2)
        if len(first) != len(second):
            raise ValueError(f"vectors of {len(first)} and {len(second)} samples have no sum")
        total: NDArray[Any] = first + second
        return total

    def create_new_dir(self, prefix: str = "./", root: str = "Sims") -> str:
        """Make a new folder for one run; several processes each get their own.

        Args:
            prefix: folder to make it in; made if there is none.
            root: name of the folder that gathers the runs.

        Returns:
            The path ``<prefix>/<root>/DD-MM-YYYY/Sim_<n>``, n the first free number from 0.

        Raises:
            OSError: the folder can't be made.
        """
        return new_run_dir(prefix, root)

    def sanitized_sec(self, sec_name: str) -> str:
        """Give the short name of a section: ``Cell[0].dend[3]`` -> ``dend_3``.

        Args:
            sec_name: name of the section as NEURON gives it.

        Returns:
            The name without the cell and, from the first index on, ``name_index``.
        """
        return names.sanitized_sec(sec_name)

    def save_to_hdf(self, filename: str | os.PathLike[str]) -> None:
        """Save everything that was recorded, and the morphology of the model in NEURON.

        An existing file is replaced whole or, if anything goes wrong, not at all. With nothing
        to save there is a warning and no file. Empty vectors are not written; what else had to
        be changed for the file is told by warnings after it is in place.

        Args:
            filename: path of the file.

        Raises:
            OSError: the file can't be written or is read-only; the message has its path.
            TypeError: a variable is neither numbers nor text; the message names it.
        """
        if not self.refs and layout.TIME not in self.groups:
            message = "nothing was recorded or added, so no file was made"
            warnings.warn(message, NeuronvisioWarning, stacklevel=2)
            return
        notes = Notes()
        with new_file(filename) as (h5file, check):
            time_length = length_of(self.groups.get(layout.TIME))
            writer = ResultWriter(
                h5file,
                notes=notes,
                check=check,
                time_length=time_length,
                results_root=self.results_root,
            )
            write_groups(writer, self.groups, self.refs, self._time)
            write_morphology(writer, self.geometry_root, self.geometry_node_name, notes)
        notes.warn(stacklevel=2)

    def save_node(
        self,
        h5file_holder: Any,
        group_path: str,
        section_name: str,
        variables: Mapping[str, Any],
        detail: object = "",
    ) -> None:
        """Write the variables of one section into an open file.

        Args:
            h5file_holder: h5py file, open for writing.
            group_path: path of the group, e.g. ``'/results/VecRef'``; made if there is none.
            section_name: name of the section; changed as little as needed to be legal.
            variables: name -> values; those of length 0 are left out.
            detail: text that becomes the title of each variable.

        Raises:
            TypeError: a variable is neither numbers nor text; the message names it.
        """
        notes = Notes()
        group = h5file_holder["/"]
        for part in filter(None, group_path.split("/")):
            group = require_group(group, part)
        section = names.legal_name(section_name, reserved=(layout.X,))
        time_length = length_of(self.groups.get(layout.TIME))
        write_node(group, section, variables, detail, notes=notes, time_length=time_length)
        notes.warn(stacklevel=2)
