"""What is wrong with options, in words."""

from __future__ import annotations

import contextlib
import difflib
import errno
import logging
import os
import uuid
from collections.abc import Iterable, Mapping

from .json_values import text_of
from .spill_file import HAS_LOCKS, SpillFile

FORMATS = ("ecs", "plain")
COMPRESSIONS = ("none", "gzip")

NUMBERS: dict[str, tuple[type, float, float, str]] = {
    "record_bytes": (int, 1, 1_000_000, "bytes"),
    "buffer_seconds": (float, 0, 3_600, "seconds"),
    "buffer_bytes": (int, 1, 4_000_000, "bytes"),
    "memory_bytes": (int, 2_500_000, 10**12, "bytes"),
    "spill_bytes": (int, 2_500_000, 10**12, "bytes"),
    "flush_seconds": (float, 0, 3_600, "seconds"),
}
"""Type, least, most and unit. The memory and the spill file have room for two of the longest lines."""

_LATER = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR})
"""What may be over when the spill file is needed; a warning says so if it is not."""


def option_problems(options: Mapping[str, object]) -> list[str]:
    """Returns a sentence for each value that is not allowed. Those of the formatter: `formatter_problems`."""
    found = [number_problem(name, options[name]) for name in NUMBERS]
    found += [choice_problem("compress", options["compress"], COMPRESSIONS), level_problem(options["level"])]
    found += [text_problem(name, options[name]) for name in ("region_name", "endpoint_url")]
    if type(options["pack"]) is not bool:
        found.append(f"pack is {shown(options['pack'])}; allowed: True or False")
    for name in ("create_client", "on_warning"):
        if options[name] is not None and not callable(options[name]):
            found.append(f"{name} is {shown(options[name])}; allowed: a function, or None")
    found.append(spill_problem(options["spill"]))
    return [problem for problem in found if problem]


def formatter_problems(options: Mapping[str, object]) -> list[str]:
    """Of the options that say what a line has."""
    found = [choice_problem("format", options["format"], FORMATS)]
    found += [text_problem(name, options[name]) for name in ("service", "version", "environment")]
    tags = options["tags"]
    if tags is not None and not (isinstance(tags, Mapping) and all(isinstance(text, str) for pair in tags.items() for text in pair)):
        found.append(f"tags is {shown(tags)}; allowed: a dictionary of texts by name, or None")
    return [problem for problem in found if problem]


def unknown_problems(unknown: Iterable[str], known: Iterable[str]) -> list[str]:
    names = sorted(known)
    return [_unknown_problem(name, names) for name in unknown]


def _unknown_problem(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"{name} is no option; " + (f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}")


def number_problem(name: str, value: object) -> str | None:
    kind, least, most, unit = NUMBERS[name]
    is_number = isinstance(value, (int, kind)) and not isinstance(value, bool)
    if is_number and least <= value <= most:  # type: ignore[operator]
        return None
    a_number = "a whole number of" if kind is int else "a number of"
    return f"{name} is {shown(value)}; allowed: {a_number} {unit}, {least:,} to {most:,}"


def choice_problem(name: str, value: object, choices: tuple[str, ...]) -> str | None:
    if isinstance(value, str) and value in choices:
        return None
    return f"{name} is {shown(value)}; allowed: {' or '.join(map(repr, choices))}"


def text_problem(name: str, value: object) -> str | None:
    if value is None or (isinstance(value, str) and value):
        return None
    return f"{name} is {shown(value)}; allowed: a text, or None"


def level_problem(level: object) -> str | None:
    is_known = isinstance(level, int) or (isinstance(level, str) and isinstance(logging.getLevelName(level), int))
    return None if is_known else f"level is {shown(level)}; allowed: a number, or a name that logging knows, such as 'INFO'"


def spill_problem(spill: object) -> str | None:
    if spill is None:
        return None
    path = os.fspath(spill) if isinstance(spill, (str, os.PathLike)) else None
    if not isinstance(path, str) or not path or "\0" in path:
        return f"spill is {shown(spill)}; allowed: path of a file, or None"
    if not HAS_LOCKS:
        return f"spill is {shown(path)}; allowed on this system: None, since it lacks the locks (flock) that the file needs"
    folder, name = os.path.split(os.path.abspath(path))
    try:
        if os.path.lexists(path):
            SpillFile(path, 0).check()
        probe = os.path.join(folder, f"{name}.{uuid.uuid4()}.probe")
        try:
            SpillFile(probe, 0).check()
        finally:
            with contextlib.suppress(OSError):
                os.unlink(probe)
    except OSError as error:
        if error.errno in _LATER:
            return None
        advice = f"the folder {folder} must exist, and this user must be able to read and write files in it"
        return f"spill is {shown(path)}: {error.strerror}; {advice}"
    return None


def shown(value: object) -> str:
    """In a message, as it was given; what is long is cut."""
    text = repr(value) if type(value) in (str, int, float, bool, type(None)) else f"{type(value).__name__} {text_of(value)}"
    return text if len(text) <= 100 else f"{text[:100]}…"
