"""Links into other files: which may be followed, and how one is written."""

from __future__ import annotations

import unicodedata
from typing import Any

import h5py
from h5py import h5p

FILE_EXTENSIONS = (".h5", ".hdf5")
"""How the names of linked files end, in any letter case; the viewer follows no other link."""

_NOT_PLAIN = "\\:\ufffd"
_ODD = ("Cc", "Cs")  # control characters, and bytes that are no UTF-8


def is_path_below(name: str) -> bool:
    """Tell whether a link's file name leads to a file in the linking file's folder or below.

    Args:
        name: the file name as the link has it.

    Returns:
        Whether it is a relative path of plain names that are not hidden. Where symbolic links
        lead is not looked at.
    """
    plain = not any(sign in _NOT_PLAIN or unicodedata.category(sign) in _ODD for sign in name)
    return plain and all(part and not part.startswith(".") for part in name.split("/"))


def is_linked_file_name(name: str) -> bool:
    """Tell whether the viewer follows a link with this file name.

    Args:
        name: the file name as the link has it.
    """
    return name.lower().endswith(FILE_EXTENSIONS) and is_path_below(name)


def write_link(group: Any, name: str, file: str, path: str) -> None:
    """Write a link into another file.

    Args:
        group: h5py group.
        name: one legal name that is not in use there.
        file: the other file, as a path from the folder of this one.
        path: what it leads to, in the other file.
    """
    properties = h5p.create(h5p.LINK_CREATE)
    properties.set_char_encoding(h5py.h5t.CSET_UTF8)
    raw = path.encode("utf-8", "surrogateescape")
    group.id.links.create_external(name.encode(), file.encode(), raw, lcpl=properties)
