"""Names and values as they are shown."""

from __future__ import annotations

from typing import Any


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
