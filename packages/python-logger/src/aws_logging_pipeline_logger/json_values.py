"""Any Python object as a value that JSON can say."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import math
import numbers
from typing import Any

MAX_DEPTH = 16
"""Containers in each other, beyond which a value is left out. OpenSearch maps 20 levels (index.mapping.depth.limit)."""

MAX_VALUES = 10_000
"""Values of one line, beyond which the rest is left out: the application's thread copies them."""

LEFT_OUT = "..."
CIRCULAR = "[circular]"


def text_of(value: object) -> str:
    """Returns `str(value)`, or else `repr(value)`, or else the name of its type; raises nothing that an object raises."""
    for convert in (str, repr):
        try:
            text = convert(value)
            # A subclass of str may override anything.
            return text if type(text) is str else str.__str__(text)
        except Exception:
            continue
    return f"[unprintable {type(value).__name__}]"


def json_value(value: object) -> Any:
    """
    Returns a copy of `value` that `json` can encode.

    Numbers that JSON lacks (NaN, Infinity) become null, as in JavaScript; sets become lists, dataclasses objects, times ISO 8601, and
    what is none of these its text. A reference to an object that holds it becomes "[circular]".
    """
    if value is None or type(value) in (str, bool):
        return value
    return _Copy().of(value, ())


class _Copy:
    def __init__(self) -> None:
        self.left = MAX_VALUES

    def of(self, value: object, inside: tuple[int, ...]) -> Any:
        self.left -= 1
        if self.left < 0:
            return LEFT_OUT
        try:
            if value is None or type(value) in (str, bool):
                return value
            if id(value) in inside:
                return CIRCULAR
            return self._converted(value, inside)
        except Exception:
            return text_of(value)

    def _converted(self, value: Any, inside: tuple[int, ...]) -> Any:
        if isinstance(value, enum.Enum):
            return self.of(value.value, (*inside, id(value)))
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, numbers.Integral):
            return _integer(int(value))
        if isinstance(value, numbers.Real):
            number = float(value)
            return number if math.isfinite(number) else None
        if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
            return value.isoformat()
        if isinstance(value, (bytes, bytearray, memoryview)):
            return bytes(value).decode("utf-8", "replace")
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            value = {field.name: getattr(value, field.name, None) for field in dataclasses.fields(value)}
        if isinstance(value, dict):
            return self._members(value, inside)
        if isinstance(value, (list, tuple, set, frozenset)):
            return self._elements(value, inside)
        return text_of(value)

    def _members(self, value: dict[Any, Any], inside: tuple[int, ...]) -> Any:
        if len(inside) >= MAX_DEPTH:
            return LEFT_OUT
        within = (*inside, id(value))
        # By the name, so that {1: …, "1": …} does not become an object with a name twice.
        members: dict[str, Any] = {}
        # list(): another thread may change the dictionary meanwhile.
        for name, member in list(value.items()):
            if self.left <= 0:
                break
            members[name if type(name) is str else text_of(name)] = self.of(member, within)
        return members

    def _elements(self, value: Any, inside: tuple[int, ...]) -> Any:
        if len(inside) >= MAX_DEPTH:
            return LEFT_OUT
        within = (*inside, id(value))
        elements = []
        for element in list(value):
            if self.left <= 0:
                break
            elements.append(self.of(element, within))
        return elements


def _integer(value: int) -> Any:
    # Python refuses to write more than 4,300 digits (sys.set_int_max_str_digits), and engines take none of 1,000.
    return value if value.bit_length() <= 1024 else f"[integer of {value.bit_length()} bits]"
