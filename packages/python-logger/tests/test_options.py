"""What a handler is made with."""

from __future__ import annotations

import inspect
import logging
import logging.config
import os
import re
from pathlib import Path
from typing import Any
from unittest import mock

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler, LineFormatter
from aws_logging_pipeline_logger.options import NUMBERS

from .support import LoggerTest
from .test_lines import Hostile

README = Path(__file__).parent.parent / "README.md"


class OptionsTest(LoggerTest):
    def problems(self, stream: Any = "s", kind: Any = KinesisHandler, **options: Any) -> list[str]:
        try:
            handler = kind(stream, **{"create_client": lambda: self.stream, **options})
        except ValueError as error:
            return str(error).split("\n")
        handler._sender.close(0)
        return []

    def test_lists_all_options_that_are_not_allowed(self) -> None:
        wrong: dict[str, list[Any]] = {
            "stream": ["a b", "", None, 5, "a" * 129],
            "level": ["LOUD", None, 1.5],
            "region_name": [5, ""],
            "endpoint_url": [b"http://x", ""],
            "create_client": ["client"],
            "format": ["xml", None, ["ecs"]],
            "service": [5, "", Hostile()],
            "version": [1.2],
            "environment": [True],
            "tags": [{"a": 1}, {1: "a"}, [("a", "b")], "a"],
            "pack": [None, 1, "yes"],
            "compress": ["zip", None, True],
            "spill": [5, "", b"path", "a\0b"],
            "on_warning": ["print"],
        }
        for name, (kind, least, most, _) in NUMBERS.items():
            wrong[name] = [least - 1, most + 1, "5", None, True, float("nan"), float("inf")] + ([least + 0.5] if kind is int else [])
            self.assertEqual(self.problems(**{name: least}), [])
            self.assertEqual(self.problems(**{name: most}), [])
        for name, values in wrong.items():
            for value in values:
                with self.subTest(name, value=type(value)):
                    self.assertRegex(self.problems(**{name: value})[0], rf"^{name} is .*allowed: ")
        told = self.problems(**{name: values[0] for name, values in wrong.items()})
        self.assertEqual({text.split(" ")[0] for text in told}, set(wrong))
        self.assertEqual(self.problems("a" * 65, FirehoseHandler), [f"stream is '{'a' * 65}'; allowed: 1 to 64 of a-z A-Z 0-9 _ . -"])

    def test_takes_what_is_allowed(self) -> None:
        for options in (
            {"level": "WARNING"},
            {"level": 15},
            {"tags": {}},
            {"buffer_seconds": 1, "flush_seconds": 0.5},
            {"spill": Path(self.folder()) / "lines"},
        ):
            self.assertEqual(self.problems(**options), [])

    def test_names_the_option_that_is_nearest_to_an_unknown_one(self) -> None:
        self.assertEqual(
            self.problems(bufferSeconds=1, spil="x", memory_bytes=1),
            [
                "memory_bytes is 1; allowed: a whole number of bytes, 2,500,000 to 1,000,000,000,000",
                "bufferSeconds is no option; did you mean buffer_seconds?",
                "spil is no option; did you mean spill?",
            ],
        )
        self.assertRegex(self.problems(qqq=1)[0], "^qqq is no option; there are: buffer_bytes, .*, version$")

    def test_lists_what_is_wrong_with_a_formatter(self) -> None:
        with self.assertRaisesRegex(
            ValueError, "^format is 'x'; allowed: 'ecs' or 'plain'\nversion is 2; allowed: a text, or None\ntags is list"
        ):
            LineFormatter("x", version=2, tags=[])  # type: ignore[arg-type]

    def test_says_at_once_why_there_can_be_no_spill_file(self) -> None:
        folder = self.folder()
        place = {name: os.path.join(folder, name) for name in ("file", "link", "folder", "pipe")}
        Path(place["file"]).write_text("{}\n", encoding="utf-8")
        os.symlink(place["file"], place["link"])
        os.mkdir(place["folder"])
        os.mkfifo(place["pipe"])
        for path, reason in (
            (os.path.join(folder, "none", "lines"), "No such file or directory"),
            (os.path.join(place["file"], "lines"), "Not a directory"),
            (place["link"], "it is no file, but a link, folder or device"),
            (place["folder"], "it is no file, but a link, folder or device"),
            (place["pipe"], "it is no file, but a link, folder or device"),
            (os.path.join(folder, "x" * 300), "File name too long"),
        ):
            with self.subTest(path):
                told = "\n".join(self.problems(spill=path, pack="no"))
                self.assertIn("pack is 'no'", told)
                self.assertRegex(told, f"spill is '.*: {reason}; the folder .* must exist")
        self.assertEqual(sorted(os.listdir(folder)), ["file", "folder", "link", "pipe"])
        self.assertEqual(self.problems(spill=place["file"]), [])

    def test_says_at_once_that_a_folder_cannot_be_written(self) -> None:
        folder = self.folder()
        os.chmod(folder, 0o555)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            told = self.problems(spill=os.path.join(folder, "lines"))
        finally:
            if is_root:
                os.seteuid(0)
        self.assertRegex(
            told[0], "Permission denied; the folder .* must exist, and this user must be able to read and write files in it"
        )

    def test_starts_with_a_disk_that_is_full(self) -> None:
        with mock.patch("os.open", side_effect=OSError(28, "No space left on device")):
            self.assertEqual(self.problems(spill=os.path.join(self.folder(), "lines")), [])

    def test_are_those_of_the_readme(self) -> None:
        rows = re.findall(r"(?m)^\| (`\w+`(?:, `\w+`)*) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|", README.read_text(encoding="utf-8"))
        told = {name: (default, allowed) for names, default, allowed, _ in rows for name in re.findall(r"\w+", names)}
        parameters = dict(inspect.signature(KinesisHandler).parameters)
        del parameters["stream"], parameters["unknown"]
        self.assertEqual(list(told), list(parameters))
        for name, parameter in parameters.items():
            default, allowed = told[name]
            if name in NUMBERS:
                kind, least, most, unit = NUMBERS[name]
                self.assertEqual(default, f"{parameter.default:,}")
                self.assertEqual(allowed, f"{'whole number of ' if kind is int else ''}{unit}, {least:,} to {most:,}")
            elif parameter.default is None:
                self.assertRegex(default, "^[^`]")
            else:
                self.assertEqual(default, "`logging.NOTSET`" if name == "level" else f"`{parameter.default!r}`".replace("'", '"'))

    def test_is_configured_by_a_dictionary(self) -> None:
        configured = {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {
                "stream": {
                    "class": "aws_logging_pipeline_logger.KinesisHandler",
                    "stream": "the-stream",
                    "level": "WARNING",
                    "create_client": lambda: self.stream,
                    "tags": {"team": "a"},
                }
            },
            "loggers": {"configured": {"handlers": ["stream"], "level": "DEBUG", "propagate": False}},
        }
        logging.config.dictConfig(configured)
        log = logging.getLogger("configured")
        log.info("too low")
        log.warning("taken")
        log.handlers[0].close()
        self.assertEqual([(line["message"], line["labels.team"]) for line in self.stream.lines], [("taken", "a")])
