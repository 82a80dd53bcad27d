"""Ends of processes, and forks."""

from __future__ import annotations

import multiprocessing
import os
import signal
import unittest

from aws_logging_pipeline_logger import flush_on_sigterm

from .processes import ProcessTest
from .support import messages_in


class ProcessesTest(ProcessTest):
    def test_flushes_when_the_interpreter_exits(self) -> None:
        code, errors = self.run_program("for n in range(3000): log.info('%d', n)")
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(messages_in(self.path), [str(n) for n in range(3000)])

    def test_flushes_when_an_exception_ends_the_program(self) -> None:
        code, errors = self.run_program("log.info('before'); raise SystemError('x')")
        self.assertEqual(code, 1)
        self.assertEqual(messages_in(self.path), ["before"])

    def test_flushes_lines_that_exit_handlers_log(self) -> None:
        code, errors = self.run_program("import atexit; atexit.register(lambda: log.info('at exit'))")
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(messages_in(self.path), ["at exit"])

    def test_says_what_it_could_not_send_before_the_exit(self) -> None:
        code, errors = self.run_program("fails = True; handler._flush_seconds = 0.2; log.info('a'); log.info('b')")
        self.assertEqual(code, 0)
        self.assertIn("2 lines were not sent before the handler was closed", errors)

    def test_loses_what_is_buffered_and_no_more_when_it_is_killed(self) -> None:
        process = self.start(
            """
            for n in range(100): log.info('%d', n)
            handler.flush()
            for n in range(100, 150): log.info('%d', n)
            assert handler.stats().buffered_lines == 50
            print('ready', flush=True)
            time.sleep(60)
            """
        )
        self.until_ready(process)
        process.kill()
        process.wait()
        self.assertEqual(messages_in(self.path), [str(n) for n in range(100)])

    def test_flushes_on_sigterm_and_ends_by_it(self) -> None:
        process = self.start(
            """
            flush_on_sigterm()
            log.info('before')
            print('ready', flush=True)
            time.sleep(60)
            """
        )
        self.until_ready(process)
        process.terminate()
        self.assertEqual(process.wait(30), -signal.SIGTERM)
        self.assertEqual(messages_in(self.path), ["before"])

    def test_passes_sigterm_on_to_the_handler_before(self) -> None:
        process = self.start(
            """
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
            flush_on_sigterm()
            log.info('before')
            print('ready', flush=True)
            while True: log.info('x'); time.sleep(0.001)
            """
        )
        self.until_ready(process)
        process.terminate()
        self.assertEqual(process.wait(30), 7)
        self.assertEqual(messages_in(self.path)[0], "before")

    def test_leaves_an_ignored_sigterm_ignored(self) -> None:
        before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            flush_on_sigterm()
            self.assertIs(signal.getsignal(signal.SIGTERM), signal.SIG_IGN)
        finally:
            signal.signal(signal.SIGTERM, before)

    @unittest.skipUnless(hasattr(os, "fork"), "os.fork")
    def test_sends_lines_of_parent_and_forked_children_once(self) -> None:
        code, errors = self.run_program(
            """
            log.info('parent before')   # in the parent's buffer, with its thread
            children = []
            for n in range(4):
                child = os.fork()
                if child == 0:
                    assert handler.stats().accepted_lines == 0
                    log.info('child %d', n)
                    sys.exit(0)         # with its exit handlers, as gunicorn's workers end
                children.append(child)
            for child in children: assert os.waitpid(child, 0)[1] == 0
            log.info('parent after')
            """
        )
        self.assertEqual((code, errors), (0, ""))
        expected = ["parent before", *[f"child {n}" for n in range(4)], "parent after"]
        self.assertEqual(sorted(messages_in(self.path)), sorted(expected))

    @unittest.skipUnless(hasattr(os, "fork"), "os.fork")
    def test_logs_in_children_that_were_forked_while_others_logged(self) -> None:
        code, errors = self.run_program(
            """
            stop = threading.Event()
            def work():
                while not stop.is_set(): log.info('busy')
            threads = [threading.Thread(target=work) for _ in range(3)]
            for thread in threads: thread.start()
            for n in range(20):
                child = os.fork()
                if child == 0:
                    log.info('child %d', n)
                    os._exit(0 if handler.flush(10) else 3)
                assert os.waitpid(child, 0)[1] == 0
            stop.set()
            """
        )
        self.assertEqual(code, 0, errors)
        children = [message for message in messages_in(self.path) if message != "busy"]
        self.assertEqual(sorted(children), sorted(f"child {n}" for n in range(20)))

    def test_flushes_processes_of_multiprocessing_when_they_end(self) -> None:
        methods = [method for method in multiprocessing.get_all_start_methods() if method == "fork"]
        for method in methods:
            code, errors = self.run_program(
                f"""
                context = multiprocessing.get_context({method!r})
                children = [context.Process(target=log.info, args=('child %d', n)) for n in range(3)]
                for child in children: child.start()
                for child in children: child.join()
                """
            )
            self.assertEqual((code, errors), (0, ""))
            self.assertEqual(sorted(messages_in(self.path)), [f"child {n}" for n in range(3)])
