"""The Manager: record vectors from NEURON, keep them in refs, save them in a result file."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from neuronvisio import layout, names, ranks
from neuronvisio._neuron import unit_of
from neuronvisio.analysis import Analysis
from neuronvisio.building import build_sections
from neuronvisio.display import Display
from neuronvisio.loading import refs_of
from neuronvisio.memory import Sections, group_of
from neuronvisio.neuroml import read_neuroml
from neuronvisio.notes import NeuronvisioWarning, Notes
from neuronvisio.onenode import write_section
from neuronvisio.parallel import save_of_all
from neuronvisio.refs import BaseRef, SynVecRef, VecRef, refs_of_group, x_of_group
from neuronvisio.results import Results
from neuronvisio.runs import new_run_dir
from neuronvisio.saving import Contents, Places, save
from neuronvisio.target import NO_FILE, Target, not_parameters
from neuronvisio.values import length_of, unit_of_value
from neuronvisio.views import GroupView, VariableView, variable_at

if TYPE_CHECKING:
    from neuronvisio.display.live import LiveDisplay

__all__ = ["BaseRef", "Manager", "NeuronvisioWarning", "SynVecRef", "VecRef"]


class Manager(Analysis):
    """Records the vectors of a simulation, gives them back and saves them.

    Attributes:
        groups: group id -> the group's x; the recorded time also under ``'t'``.
        refs: group id -> the refs of the group, in the order in which they came.
        results_root: name of the group that holds the results in a file.
        geometry_root: name of the group that holds the morphology in a file.
        geometry_node_name: name of the morphology in that group.
        parameters: the run's parameters, name -> value, kept in the file.
    """

    def __init__(self) -> None:
        """Start with nothing recorded. NEURON is not needed, and not loaded, for this."""
        super().__init__()
        self.results_root = layout.RESULTS
        self.geometry_root = layout.GEOMETRY
        self.geometry_node_name = layout.GEOMETRY_NODE
        self.parameters: dict[str, Any] = {}
        self._loaded: list[Results] = []
        self._built: list[Any] = []
        self._sections: dict[str, Sections] = {}
        self._live: LiveDisplay | None = None
        self._target: Target | None = None

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

    def __getitem__(self, group_id: str) -> GroupView:
        """Give one group by its id: ``manager['VecRef']['soma']['v']``.

        Raises:
            KeyError: there is no such group.
        """
        refs = refs_of_group(group_id, self.refs)
        self._renew_loaded_x()
        x = x_of_group(group_id, self.groups, self.refs)
        found = self._sections.get(group_id)
        if found is None or not found.hold(refs):
            found = self._sections[group_id] = Sections(refs)
        return group_of(group_id, found, x, self._unit_of_x)

    @overload
    def show(self, paths: Sequence[str] = ..., live: Literal[False] = ...) -> Display: ...

    @overload
    def show(self, paths: Sequence[str] = ..., *, live: Literal[True]) -> Display | LiveDisplay: ...

    def show(self, paths: Sequence[str] = (), live: bool = False) -> Display | LiveDisplay:
        """Show what is recorded now in a notebook, with some of it drawn.

        Args:
            paths: the variables, e.g. ``['VecRef/soma/v']``.
            live: whether the display follows the runs of NEURON from now on: in this cell and in
                later ones, until it is shown live anew or its ``close()`` is called. Without
                paths, the first variables are drawn. Where there is no notebook, a warning says
                so, and it is shown as it is now.

        Raises:
            KeyError: there is no such variable.
        """
        if not live:
            return self._display(paths)
        from neuronvisio.display.live import NO_NOTEBOOK, live_display

        now = self._display(paths)  # whatever is wrong with the paths, before anything is changed
        if self._live is not None:
            self._live.close()
        self._live = live_display(self, paths)
        if self._live is None:
            warnings.warn(NO_NOTEBOOK, NeuronvisioWarning, stacklevel=2)
            return now
        return self._live

    def _display(
        self,
        paths: Sequence[str],
        state: str = "",
        budget: int | None = None,
        adjust: Callable[[Sequence[VariableView]], list[VariableView]] = list,
    ) -> Display:
        groups = {str(group_id): self[group_id] for group_id in self.refs}
        drawn = adjust([variable_at(groups, path) for path in paths])
        # While more is to come, the notebook has the tree already.
        listed = {} if state else groups
        title = "In memory, as recorded so far"
        return Display(title, listed, drawn, state=state, budget=budget)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Show the tree in a notebook."""
        return self.show()._repr_mimebundle_(include, exclude)

    def __enter__(self) -> Manager:
        """Give the Manager itself; at the end of the block, loaded files are closed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files that were loaded."""
        self.close()

    def close(self) -> None:
        """Close the files that were loaded; values that were not read are out of reach then."""
        while self._loaded:
            self._loaded.pop().close()

    def load_from_hdf(self, filename: str | os.PathLike[str]) -> Results:
        """Add the groups and refs of a result file, of any release, to what is there.

        NEURON and a model are not needed, and neither is changed. Where the model has a section
        of a ref's name, the ref gets it as `sec`. Arrays are read when they are used, so the
        file stays open until `close`. A group's x is that of the file loaded last, unless refs
        that were not loaded go by it; each loaded ref keeps its own as `own_x`.

        Args:
            filename: path of the file.

        Returns:
            The file's contents by name, which old scripts need not look at.

        Raises:
            FileNotFoundError: there is no such file.
            NotAResultFileError: it is no result file; the message says what is wrong.
            OSError: it can't be read.
        """
        results = Results(filename, self.results_root)
        self._loaded.append(results)
        for name, x, refs in refs_of(results):
            group_id = refs[0].group_id if refs else name
            if self._takes_x(group_id, name):
                self._renew_loaded_x()
                self.groups[group_id] = self._loaded_x[group_id] = x
                if group_id == layout.VECREF and x is not None and self._time is None:
                    self.groups[layout.TIME] = x
            self.refs.setdefault(group_id, []).extend(refs)
        for name, value in results.parameters.items():
            self.parameters.setdefault(name, value)
        return results

    def load_neuroml(self, filename: str | os.PathLike[str]) -> list[Any]:
        """Make NEURON sections from a morphology.

        Args:
            filename: path of a NeuroML level 1 file, or of a result file that has one.

        Returns:
            The sections, which exist as long as something refers to them; the Manager does.

        Raises:
            ValueError: it is no NeuroML with sections, or has a document type, which could
                hide anything; the message says what is wrong.
            OSError: the file can't be read.
            ModuleNotFoundError: NEURON is not installed.
        """
        sections = build_sections(read_neuroml(filename))
        self._built += sections
        return sections

    def save_to_hdf(
        self,
        filename: str | os.PathLike[str],
        parameters: Mapping[str, Any] | None = None,
        compression: str | None = None,
    ) -> Results | None:
        """Save everything that was recorded, and the model's sections in NEURON.

        An existing file is replaced whole or, if anything goes wrong, not at all. With nothing
        to save there is a warning and no file. Empty vectors and lengths that differ from x are
        saved as they are; those, and what had to be changed for the file, are told by warnings
        after it is in place. When it takes over a
        second, a notebook or terminal shows how far it is.

        Args:
            filename: path of the file.
            parameters: name -> value, kept in the file as JSON together with, and before,
                the Manager's own `parameters`.
            compression: None, or ``'gzip'``: smaller, and slower to write and to read.

        Returns:
            What the file holds, by name, opened when something is asked for; a notebook shows
            it as a tree. None if there was nothing to save.

        Raises:
            OSError: the file can't be written or is read-only; the message has its path.
            TypeError: a variable is neither numbers nor text, the message names it; or the
                parameters are no mapping.
            ValueError: an unknown compression.
        """
        return self._save(Target(os.fsdecode(filename), parameters, compression))

    def flush(
        self,
        filename: str | os.PathLike[str] | None = None,
        parameters: Mapping[str, Any] | None = None,
        compression: str | None = None,
    ) -> Results | None:
        """Save what was recorded so far, for others to look at while the run goes on.

        To be called between two steps of a run (`h.continuerun`, `pc.psolve`), as often as
        wanted. Each call, and `save_to_hdf` at the end, replaces the same file whole or not at
        all; what was given once holds for the calls to come.

        Args:
            filename: path of the file; without it, that of the last flush or save.
            parameters: as for `save_to_hdf`.
            compression: as for `save_to_hdf`.

        Returns:
            What the file holds, by name; None if there was nothing to save.

        Raises:
            ValueError: no file was named yet; or an unknown compression.
            OSError: the file can't be written or is read-only; the message has its path.
            TypeError: as for `save_to_hdf`.
        """
        if filename is None and self._target is None:
            raise ValueError(NO_FILE)
        path = None if filename is None else os.fsdecode(filename)
        return self._save(Target.like(self._target, path, parameters, compression))

    def _save(self, target: Target) -> Results | None:
        target.check()
        if self.parameters is not None and not isinstance(self.parameters, Mapping):
            raise TypeError(not_parameters(self.parameters))
        context = ranks.context()
        if context is None and not self.refs and layout.TIME not in self.groups:
            message = "nothing was recorded or added, so no file was made"
            warnings.warn(message, NeuronvisioWarning, stacklevel=3)
            return None
        self._renew_loaded_x()
        notes = Notes()
        everything = {**(self.parameters or {}), **(target.parameters or {})}
        contents = Contents(self.groups, self.refs, self._time, everything)
        places = Places(self.results_root, self.geometry_root, self.geometry_node_name)
        if context is None:
            save(contents, target.path, places, notes, target.compression)
        else:
            save_of_all(context, contents, target.path, places, notes, target.compression)
        self._target = target.absolute()
        notes.warn(stacklevel=3)
        return Results(target.path, self.results_root, wait=True)

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
            h5file_holder: h5py or PyTables file, open for writing.
            group_path: path of the group, e.g. ``'/results/VecRef'``; made if there is none.
            section_name: name of the section; changed as little as needed to be legal.
            variables: name -> values; PyTables can't write those of length 0.
            detail: text that becomes the title of each variable.

        Raises:
            TypeError: a variable is neither numbers nor text; the message names it.
        """
        notes = Notes()
        time_length = length_of(self.groups.get(layout.TIME))
        section = names.legal_name(section_name, reserved=(layout.X,))
        path = f"{group_path}/{section}"
        write_section(h5file_holder, path, variables, detail, notes=notes, time_length=time_length)
        notes.warn(stacklevel=2)

    def _takes_x(self, group_id: str, name: str) -> bool:
        """Tell whether the x of a loaded group becomes that of the group of the same id."""
        if group_id not in self.groups:
            return True
        refs = self.refs.get(group_id, [])
        return group_id == name and all(getattr(ref, "loaded", False) for ref in refs)

    def _unit_of_x(self, x: Any) -> str:
        is_time = x is self._time and x is not None
        return unit_of(layout.TIME) if is_time else unit_of_value(x)
