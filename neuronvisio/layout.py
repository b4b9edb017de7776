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

FACTS: Final = (
    "creator",
    "creator_version",
    "neuron_version",
    "created",
    "script",
    "format_version",
)
"""Attributes of the root that say how the file was made; a file may have none of them."""

CLASS_GROUP: Final = "GROUP"
CLASS_ARRAY: Final = "ARRAY"
VERSION_GROUP: Final = "1.0"
VERSION_ARRAY: Final = "2.4"
VERSION_FORMAT: Final = "2.1"
FLAVOR_NUMPY: Final = "numpy"
FLAVOR_PYTHON: Final = "python"
