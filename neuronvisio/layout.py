"""The names inside a result file; nothing else in this package spells them out."""

from typing import Final

RESULTS: Final = "results"
"""Group of the root that holds one group per kind of ref."""

GEOMETRY: Final = "geometry"
"""Group of the root that holds the morphology."""

GEOMETRY_NODE: Final = "geom"
"""Dataset of the geometry group: the morphology as one NeuroML text."""

X: Final = "x"
"""Dataset of every results group: its independent variable, mostly time."""

TIME: Final = "t"
"""Key of the recorded time in ``Manager.groups``; not a name in the file."""

VECREF: Final = "VecRef"
"""Group of everything that the Manager recorded from sections."""

CLASS: Final = "CLASS"
TITLE: Final = "TITLE"
VERSION: Final = "VERSION"
FLAVOR: Final = "FLAVOR"
FORMAT_VERSION: Final = "PYTABLES_FORMAT_VERSION"

UNITS: Final = "units"
"""Attribute of ours: the unit of an array, as NEURON names it."""

ORIGINAL_NAME: Final = "original_name"
"""Attribute of ours: the name a node had before it was changed for the file."""

FORMAT: Final = "format_version"
CREATOR: Final = "creator"
CREATOR_VERSION: Final = "creator_version"
NEURON_VERSION: Final = "neuron_version"
CREATED: Final = "created"
SCRIPT: Final = "script"
PARTS: Final = "parts"
RUNS: Final = "runs"
LEFT_OUT: Final = "left_out"
"""Attributes of ours on the root: what made the file, and when."""

NAMES_BYTES: Final = "names_bytes"
"""Attribute of ours on the root: bytes at the start that hold the names of all groups of the
results, and of the sections of those that have many."""

METADATA_BYTES: Final = "metadata_bytes"
"""Attribute of ours on the root: bytes at the start that hold all names, types and titles."""

FACTS: Final = (
    *(CREATOR, CREATOR_VERSION, NEURON_VERSION, CREATED, SCRIPT, FORMAT),
    *(PARTS, RUNS, LEFT_OUT),
)
"""Those of them that are shown; a file may have none of them."""

OURS: Final = "neuronvisio"
"""Group of the root that holds what is ours, outside the results."""

PARAMETERS: Final = "parameters"
"""Dataset of our group: the user's parameters, as one JSON text."""

SECTIONS: Final = "sections"
"""Group of our group: one array per property of a section, all in the same order."""

RUN_NOTES: Final = "runs"
"""Group of our group in the master of a sweep: a group per group of results, about its run."""

RUN: Final = "run"
FILE: Final = "file"
"""Attributes of ours on such a group: name of the run, and its file; `PARAMETERS` is one too."""

THIS_FORMAT: Final = "1.0"
"""Version of our additions to the layout."""

PART_OF: Final = "part_of"
"""Attribute of ours: id of the group that a group with an x of its own belongs to."""

CLASS_GROUP: Final = "GROUP"
CLASS_ARRAY: Final = "ARRAY"
VERSION_GROUP: Final = "1.0"
VERSION_ARRAY: Final = "2.4"
VERSION_FORMAT: Final = "2.1"
FLAVOR_NUMPY: Final = "numpy"
FLAVOR_PYTHON: Final = "python"
