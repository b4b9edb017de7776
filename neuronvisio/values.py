"""Turn what a user keeps in a ref into an array to write."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuronvisio.layout import FLAVOR_NUMPY, FLAVOR_PYTHON

_NUMERIC = "fiucb"  # numpy's letters of the kinds of number, truth values among them


@dataclass(frozen=True)
class Kind:
    """What an array in the file is, without its values.

    Attributes:
        dtype: numpy's type, with its byte order.
        shape: lengths of its dimensions, () for a single value.
        flavor: what PyTables makes of it, ``'numpy'`` or ``'python'``.
    """

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    flavor: str

    @property
    def size(self) -> int:
        """Number of its values."""
        return math.prod(self.shape)

    @property
    def nbytes(self) -> int:
        """Bytes of its values."""
        return self.size * self.dtype.itemsize


def kind_of(value: Any, path: str, time_length: int | None = None) -> Kind:
    """Give the kind of array that stands for a value, reading no values from a file.

    Args:
        value: HocVector, array, list, tuple, number or text.
        path: where it goes in the file, for the error message.
        time_length: length of the recorded time; a HocVector of another length is marked as
            a Python list, which is what PyTables users have always got from such files.

    Returns:
        Its kind.

    Raises:
        TypeError: the values are neither numbers nor texts, or rows differ in length.
    """
    if hasattr(value, "as_numpy"):
        same = time_length is None or len(value) == time_length
        return Kind(np.dtype("=f8"), (len(value),), FLAVOR_NUMPY if same else FLAVOR_PYTHON)
    dtype, shape = getattr(value, "dtype", None), getattr(value, "shape", None)
    if isinstance(dtype, np.dtype) and isinstance(shape, tuple) and dtype.kind in _NUMERIC:
        return Kind(dtype, shape, FLAVOR_NUMPY)
    is_python = isinstance(value, (list, tuple, str, bytes, int, float, complex))
    array = to_array(value, path)
    return Kind(array.dtype, array.shape, FLAVOR_PYTHON if is_python else FLAVOR_NUMPY)


def to_array(value: Any, path: str) -> NDArray[Any]:
    """Give the array that stands for a value, without copying a vector or an array.

    Args:
        value: HocVector, array, list, tuple, number or text.
        path: where it goes in the file, for the error message.

    Returns:
        The array: numbers keep type, byte order and shape; texts become fixed-size UTF-8
        bytes.

    Raises:
        TypeError: the values are neither numbers nor texts, or rows differ in length.
    """
    if hasattr(value, "as_numpy"):
        return np.asarray(value.as_numpy())
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        if value.dtype.kind not in "fc":
            raise TypeError(f"{path}: can't save masked values, fill them in first")
        value = value.filled(np.nan)  # a file knows no mask
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise TypeError(f"{path}: can't be saved, its rows differ in length") from error
    if array.dtype.kind == "U":
        array = np.char.encode(array, "utf-8", "backslashreplace")
    if array.dtype.kind not in _NUMERIC + "S":
        raise TypeError(f"{path}: can't save {type(value).__name__} of {array.dtype} values")
    return array


def is_empty(value: Any) -> bool:
    """Tell whether a value holds no samples: None, or a vector of length zero."""
    if value is None:
        return True
    if isinstance(value, (str, bytes)):
        return False
    try:
        return len(value) == 0
    except TypeError:  # a number has no length
        return False


def length_of(value: Any) -> int | None:
    """Give the number of samples of a value, None for a single number or text."""
    if isinstance(value, (str, bytes)):
        return None
    try:
        return len(value)
    except TypeError:
        return None


def same_values(first: Any, second: Any) -> bool:
    """Tell whether two values are the same for good: one object, or lists or arrays alike."""
    if first is second:
        return True
    if hasattr(first, "as_numpy") or hasattr(second, "as_numpy"):
        return False  # a simulation may yet fill them
    try:
        return bool(np.array_equal(first, second))
    except (TypeError, ValueError):
        return False


def size_of(value: Any) -> int:
    """Estimate the bytes that a value takes in a file."""
    size = getattr(value, "nbytes", None)
    return 8 * (length_of(value) or 0) if size is None else int(size)


def unit_of_value(value: Any) -> str:
    """Give the unit that a value of a loaded file carries, '' for any other value."""
    unit = getattr(value, "units", "")
    return unit if isinstance(unit, str) else ""


def detail_of_value(value: Any, detail: object) -> str:
    """Give the title of an array: what a value of a loaded file carries, else the ref's detail."""
    own = getattr(value, "detail", None)
    if isinstance(own, str):
        return own
    return "" if detail is None else str(detail)
