"""Names and values as they are shown."""

from __future__ import annotations

import re
from typing import Any

_DIGITS = re.compile("[0-9]+")


def shown(text: str) -> str:
    r"""Escape what a terminal would obey in place of showing it.

    Args:
        text: text of a file, or of anybody.

    Returns:
        The text in which everything unprintable is an escape such as ``\x1b``; a byte that
        is no UTF-8 is ``\xNN`` too.
    """
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    code = ord(sign)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as a surrogate
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def natural(name: str) -> tuple[str, str]:
    """Give a key that sorts names as a person counts: ``dend_2`` before ``dend_10``.

    Args:
        name: a name.

    Returns:
        The key.
    """
    return _DIGITS.sub(_counted, name.lower()), name


def _counted(run: re.Match[str]) -> str:
    digits = run[0].lstrip("0") or "0"
    return f"0{chr(min(len(digits), 0xD7FF))}{digits}"


def number(value: Any) -> str:
    """Write a number with as many digits as its type needs to be read back exactly.

    Args:
        value: a numpy number.

    Returns:
        Its text; truth values are 0 and 1.
    """
    if value.dtype.kind == "b":
        return str(int(value))
    return repr(value.item()) if value.dtype.itemsize == 8 else str(value)
