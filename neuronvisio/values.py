"""Turn what a user keeps in a ref into an array to write."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuronvisio.layout import FLAVOR_NUMPY, FLAVOR_PYTHON


def to_array(value: Any, path: str, time_length: int | None = None) -> tuple[NDArray[Any], str]:
    """Give the array that stands for a value, without copying a vector or an array.

    Args:
        value: HocVector, numpy array, list, tuple, number or text.
        path: where it goes in the file, for the error message.
        time_length: length of the recorded time; a HocVector of another length is marked as
            a Python list, which is what PyTables users have always got from such files.

    Returns:
        The array (numbers keep type, byte order and shape; texts become fixed-size UTF-8
        bytes) and the flavor, ``'numpy'`` or ``'python'``.

    Raises:
        TypeError: the values are neither numbers nor texts, or rows differ in length.
    """
    if hasattr(value, "as_numpy"):
        array = np.asarray(value.as_numpy())
        same = time_length is None or len(array) == time_length
        return array, FLAVOR_NUMPY if same else FLAVOR_PYTHON
    is_python = isinstance(value, (list, tuple, str, bytes, int, float, complex))
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise TypeError(f"{path}: can't be saved, its rows differ in length") from error
    if array.dtype.kind == "U":
        array = np.char.encode(array, "utf-8", "backslashreplace")
    if array.dtype.kind not in "fiucbS":
        raise TypeError(f"{path}: can't save {type(value).__name__} of {array.dtype} values")
    return array, FLAVOR_PYTHON if is_python else FLAVOR_NUMPY


def is_empty(value: Any) -> bool:
    """Tell whether a value holds nothing to write: None or of length zero."""
    if value is None:
        return True
    try:
        return len(value) == 0
    except TypeError:  # a number has no length
        return False


def length_of(value: Any) -> int | None:
    """Give the number of samples of a value, None for one that has no length."""
    try:
        return len(value)
    except TypeError:
        return None
