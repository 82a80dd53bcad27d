"""Spill files of processes that fork, end or are killed."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

from .processes import ProcessTest
from .support import messages_in


class SpillProcessesTest(ProcessTest):
    def setUp(self) -> None:
        super().setUp()
        self.spill = f"{self.path}.spill"
        self.options = f"spill={self.spill!r}, memory_bytes=2_500_000"

    @property
    def files(self) -> list[str]:
        folder, name = os.path.split(self.spill)
        return [file for file in os.listdir(folder) if file.startswith(name)]

    def send_the_rest(self) -> None:
        """As the next start does."""
        code, errors = self.run_program(
            """
            while os.listdir(os.path.dirname(path)) != ['lines']: time.sleep(0.01)
            """
        )
        self.assertEqual((code, errors), (0, ""))

    def test_loses_what_is_in_memory_and_no_more_when_it_is_killed(self) -> None:
        process = self.start(
            """
            fails = True
            text = 'x' * 1000
            buffer = handler._sender._buffer
            for n in range(4000):
                log.info('%d %s', n, text)
                while buffer.used_bytes > 2_000_000 and buffer.queued_lines: time.sleep(0.002)
            while handler._sender._spilling._is_writing: time.sleep(0.01)
            stats = handler.stats()
            print(stats.spilled_lines, stats.buffered_lines, stats.dropped_lines, flush=True)
            time.sleep(60)
            """
        )
        spilled, buffered, dropped = map(int, process.stdout.readline().split())  # type: ignore[union-attr]
        process.kill()
        process.wait()
        self.assertEqual((spilled + buffered, dropped), (4000, 0))
        self.assertGreater(spilled, 1000)
        self.send_the_rest()
        found = messages_in(self.path)
        self.assertEqual((len(found), len(set(found))), (spilled, spilled))

    def test_sends_what_a_killed_reader_had_taken_though_its_child_lives_on(self) -> None:
        self.write_lines(range(3000))
        self.before = """
            asked = threading.Event()
            FileStream.put_records = lambda *_, **more: asked.set() or time.sleep(60)
            """
        process = self.start(
            """
            asked.wait(20)
            if os.fork() == 0: print(os.getpid(), flush=True)
            time.sleep(60)
            """
        )
        child = int(process.stdout.readline())  # type: ignore[union-attr]
        self.addCleanup(os.kill, child, signal.SIGKILL)
        self.before = ""
        self.assertEqual([file.endswith(".taken") for file in self.files], [True])
        process.kill()
        process.wait()
        self.send_the_rest()
        self.assertEqual(sorted(map(int, messages_in(self.path))), list(range(3000)))

    def test_keeps_what_is_left_at_the_end_of_many_and_sends_it_once_by_many(self) -> None:
        endings = ["", "sys.exit(0)", "flush_on_sigterm(0.1); os.kill(os.getpid(), signal.SIGTERM)"]
        program = "fails = True; handler._flush_seconds = 0.1\nfor n in range(500): log.info('{} %d', n)\n{}"
        processes = [self.start(program.format(name, ending)) for name, ending in enumerate(endings)]
        self.assertEqual([process.wait(30) for process in processes], [0, 0, -signal.SIGTERM])
        # One that begins when another has ended takes its file, and leaves it.
        texts = [Path(os.path.dirname(self.spill), name).read_text(encoding="utf-8") for name in self.files]
        self.assertEqual(len([json.loads(line) for text in texts for line in text.splitlines() if line]), 1500)
        readers = [
            self.start("print('ready', flush=True)\nwhile os.listdir(os.path.dirname(path)) != ['lines']: time.sleep(0.01)")
            for _ in "123"
        ]
        for reader in readers:
            self.assertEqual(reader.wait(30), 0)
        messages = messages_in(self.path)
        self.assertEqual((len(messages), len(set(messages))), (1500, 1500))

    def test_keeps_what_a_child_of_multiprocessing_could_not_send(self) -> None:
        code, errors = self.run_program(
            """
            from aws_logging_pipeline_logger import processes
            processes.CHILD_SECONDS = 0.1
            fails = True
            context = multiprocessing.get_context('fork')
            child = context.Process(target=log.info, args=('child',))
            child.start(); child.join()
            """
        )
        self.assertEqual(code, 0, errors)
        self.send_the_rest()
        self.assertEqual(messages_in(self.path), ["child"])

    def test_is_sent_once_by_a_process_that_forks_meanwhile(self) -> None:
        self.write_lines(range(3000))
        self.before = """
            put = FileStream.put_records
            asked, gate = threading.Event(), threading.Event()
            def held(*args, **more):
                asked.set(); gate.wait(20)
                return put(*args, **more)
            FileStream.put_records = held
            """
        code, errors = self.run_program(
            """
            asked.wait(20)      # the parent sends the file
            child = os.fork()
            if child == 0:
                FileStream.put_records = put
                log.info('child')
                time.sleep(0.2)
                sys.exit(0)
            assert os.waitpid(child, 0)[1] == 0
            assert messages_in(path) == ['child'], messages_in(path)
            taken = [name for name in os.listdir(os.path.dirname(path)) if name.endswith('.taken')]
            import fcntl
            with open(os.path.join(os.path.dirname(path), taken[0])) as file:
                try: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError: print('still locked', file=sys.stderr)
            gate.set()
            while os.listdir(os.path.dirname(path)) != ['lines']: time.sleep(0.01)
            """
        )
        self.assertEqual((code, errors), (0, "still locked\n"))
        self.assertEqual(sorted(messages_in(self.path)), sorted(["child", *map(str, range(3000))]))

    def write_lines(self, numbers: range) -> None:
        with open(self.spill, "w", encoding="utf-8") as file:
            file.writelines(f'{{"message":"{n}"}}\n' for n in numbers)
