"""Refs: what was recorded in one section, with a note on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from neuronvisio import layout

if TYPE_CHECKING:
    from typing_extensions import Self


def x_of_group(group_id: str, groups: Mapping[str, Any], refs: Mapping[str, Any]) -> Any | None:
    """Give the x of a group, None if it has none.

    Args:
        group_id: id of the group.
        groups: group id -> x, and the recorded time under ``'t'``.
        refs: group id -> refs.
    """
    x = groups.get(group_id)
    # Unless a group is itself called t, that key holds the time, and may be set by hand.
    if group_id == layout.VECREF and layout.TIME not in refs:
        return groups.get(layout.TIME, x)
    return x


class MissingError(KeyError):
    """There is nothing of that name; the message says what there is, as a sentence."""

    def __str__(self) -> str:
        """Give the sentence itself; a KeyError shows it in quotes and escaped."""
        return str(self.args[0]) if self.args else ""


def refs_of_group(group_id: str, refs: Mapping[str, Any]) -> Any:
    """Give the refs of a group.

    Args:
        group_id: id of the group.
        refs: group id -> refs.

    Raises:
        MissingError: there is no such group.
    """
    try:
        return refs[group_id]
    except KeyError:
        known = ", ".join(map(str, refs)) or "none yet: nothing was recorded, added or loaded"
        message = f"there is no group {group_id!r}; the groups are: {known}"
        raise MissingError(message) from None


class BaseRef:
    """The variables of one section in one group.

    Subclass it for results of your own. Every instance starts with its own values, whether
    or not the subclass calls ``BaseRef.__init__``; values that the subclass sets on the
    class are kept.

    Attributes:
        sec_name: name of the section, `''` at first.
        detail: a note on the variables, kept in the file as their title; `''` at first.
        vecs: variable name -> values (HocVector, numpy array, list or tuple); its own empty
            dictionary at first.
        group_id: name of the group in the file; the name of the class at first.
        units: variable name -> unit, where you know it; kept in the file beside the values.
        own_x: values of x for this ref alone, where they differ from its group's, such as the
            time steps of a cell that takes its own; None mostly.
    """

    sec_name: str
    detail: str
    vecs: dict[str, Any]
    group_id: str
    units: dict[str, str]
    own_x: Any = None
    pickable = True
    loaded = False

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Make an instance that has all attributes before any ``__init__`` runs."""
        self = super().__new__(cls)
        # A dictionary on the class would be shared by all refs, hence one per instance.
        defaults = {
            "sec_name": "",
            "detail": "",
            "vecs": {},
            "group_id": cls.__name__,
            "units": {},
        }
        for name, value in defaults.items():
            if not hasattr(cls, name):
                setattr(self, name, value)
        return self

    def __str__(self) -> str:
        """Section, detail and the names of the variables."""
        return f"section: {self.sec_name}, detail: {self.detail}, vars recorded: {list(self.vecs)}"


class VecRef(BaseRef):
    """The variables that were recorded in one NEURON section.

    Attributes:
        sec: the NEURON section, None if there is none.
    """

    pickable = False
    sec: Any = None

    def __init__(self, sec: Any) -> None:
        """Start an empty ref.

        Args:
            sec: the NEURON section; kept as `sec`, its name as `sec_name`.
        """
        self.sec = sec
        self.sec_name = sec.name()


class SynVecRef(BaseRef):
    """The variables of one synapse."""

    def __init__(
        self,
        chan_type: str | None = None,
        section_name: str | None = None,
        vecs: dict[str, Any] | None = None,
    ) -> None:
        """Keep what was recorded from a synapse.

        Args:
            chan_type: kind of channel, e.g. ``'ampa'``; becomes the `detail`.
            section_name: name of the section that the synapse sits on.
            vecs: variable name -> values.
        """
        self.chan_type = chan_type
        self.detail = "" if chan_type is None else chan_type
        self.sec_name = "" if section_name is None else section_name
        self.vecs = {} if vecs is None else vecs
