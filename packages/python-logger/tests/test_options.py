"""What a handler is made with."""

from __future__ import annotations

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler

from .support import LoggerTest


class OptionsTest(LoggerTest):
    def test_lists_all_options_that_are_not_allowed(self) -> None:
        with self.assertRaises(ValueError) as caught:
            KinesisHandler("a b", format="xml", compress="zip", record_bytes=0, buffer_seconds=-1, memory_bytes=5, flush_seconds="x")
        text = str(caught.exception)
        for name in ("stream", "format", "compress", "record_bytes", "buffer_seconds", "memory_bytes", "flush_seconds"):
            self.assertIn(f"{name} is ", text)
        with self.assertRaisesRegex(ValueError, "1 to 64"):
            FirehoseHandler("x" * 65)

    def test_is_configured_by_a_dictionary(self) -> None:
        import logging.config

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
