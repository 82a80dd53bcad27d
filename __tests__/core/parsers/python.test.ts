import { parsePython } from "../../../core/parsers/python";
import { flatFields } from "../../support/flat-fields";

const parse = (line: string) => {
  const parsed = parsePython(line);
  return parsed && { ...flatFields(parsed.fields), message: parsed.message };
};

describe("a line of Python's logging", () => {
  it.each<[writer: string, line: string, parsed: Record<string, unknown>]>([
    [
      "the Logging HOWTO, Configuring Logging",
      "2005-03-19 15:10:26,620 - simple_example - WARNING - warn message",
      { "log.level": "warning", "log.logger": "simple_example", message: "warn message" },
    ],
    [
      "a formatter without a name",
      "2005-03-19 15:10:26,620 - INFO - info - message",
      { "log.level": "info", message: "info - message" },
    ],
    [
      "basicConfig (Logging HOWTO, A simple example)",
      "WARNING:root:Watch out!",
      { "log.level": "warning", "log.logger": "root", message: "Watch out!" },
    ],
    [
      "basicConfig, with colons in the message",
      "ERROR:app.orders:order: 7: declined",
      { "log.level": "error", "log.logger": "app.orders", message: "order: 7: declined" },
    ],
    [
      "uvicorn",
      "INFO:     Started server process [28720]",
      { "log.level": "info", message: "Started server process [28720]" },
    ],
    [
      "Alembic",
      "INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.",
      { "log.level": "info", "log.logger": "alembic.runtime.migration", message: "Context impl PostgresqlImpl." },
    ],
    [
      "gunicorn",
      "[2024-10-10 13:19:18 +0530] [23645] [INFO] Booting worker with pid: 23645",
      { "log.level": "info", "process.pid": 23645, message: "Booting worker with pid: 23645" },
    ],
    [
      "Flask (Logging, Basic Configuration)",
      "[2026-01-31 09:25:21,042] INFO in app: logged in successfully",
      { "log.level": "info", "log.logger": "app", message: "logged in successfully" },
    ],
    [
      "Celery (worker_log_format)",
      "[2026-01-31 09:25:21,042: WARNING/ForkPoolWorker-1] tasks.add[8e2c]: slow",
      { "log.level": "warning", "process.name": "ForkPoolWorker-1", message: "tasks.add[8e2c]: slow" },
    ],
    [
      "loguru (README)",
      "2026-01-31 09:25:21.042 | SUCCESS  | __main__:<module>:4 - That's it",
      { "log.level": "success", "log.logger": "__main__:<module>:4", message: "That's it" },
    ],
    [
      "Scrapy (LOG_FORMAT)",
      "2026-01-31 09:25:21 [scrapy.core.engine] INFO: Spider opened",
      { "log.level": "info", "log.logger": "scrapy.core.engine", message: "Spider opened" },
    ],
    [
      "discord.py",
      "2026-01-31 09:25:21 [INFO    ] discord.client: logging in using static token",
      { "log.level": "info", "log.logger": "discord.client", message: "logging in using static token" },
    ],
    [
      "a formatter with brackets around the level",
      "2026-01-31 09:25:21,042 [ERROR] Result: none",
      { "log.level": "error", message: "Result: none" },
    ],
    [
      "SQLAlchemy",
      "2026-01-31 09:25:21,042 INFO sqlalchemy.engine.Engine SELECT 1",
      { "log.level": "info", "log.logger": "sqlalchemy.engine.Engine", message: "SELECT 1" },
    ],
    [
      "the Logging HOWTO, Displaying the date/time",
      "2010-12-12 11:41:42,612 WARNING is when this event was logged.",
      { "log.level": "warning", message: "is when this event was logged." },
    ],
  ])("of %s becomes fields", (_, line, parsed) => {
    expect(parse(line)).toEqual(parsed);
    expect(parse(`${line}\n`)).toEqual(parsed);
  });

  it("may have a traceback behind it, whose last exception is the error", () => {
    // The Python tutorial, "Exception Chaining".
    const trace = [
      ...["Traceback (most recent call last):", '  File "<stdin>", line 2, in <module>', '    open("database.sqlite")'],
      ...["FileNotFoundError: [Errno 2] No such file or directory: 'database.sqlite'", ""],
      ...[
        "During handling of the above exception, another exception occurred:",
        "",
        "Traceback (most recent call last):",
      ],
      ...['  File "<stdin>", line 4, in <module>', '    raise RuntimeError("unable to handle error")'],
      "RuntimeError: unable to handle error",
    ].join("\n");
    expect(parse(`ERROR:root:failed\n${trace}\n`)).toEqual({
      ...{ "log.level": "error", "log.logger": "root", message: `failed\n${trace}`, "error.stack_trace": trace },
      ...{ "error.type": "RuntimeError", "error.message": "unable to handle error" },
    });
    expect(parse("ERROR:root:x\nTraceback (most recent call last):\n  File\nKeyboardInterrupt\n")).toMatchObject({
      "error.type": "KeyboardInterrupt",
    });
    expect(parse("ERROR:root:x\nTraceback (most recent call last):\n  cut")).toEqual({
      ...{
        "log.level": "error",
        "log.logger": "root",
        "error.stack_trace": "Traceback (most recent call last):\n  cut",
      },
      message: "x\nTraceback (most recent call last):\n  cut",
    });
  });

  it.each([
    ...["", "WARNING", "WARNING: disk full", "ERROR something", "INFO:", "Error:root:x", "NOTE:root:x", "CRITICAL: x"],
    ...["2026-01-31 09:25:21,042 - something happened", "[INFO] something", "2026-01-31 - name - INFO - x", "[ERROR]"],
    ...["[2026-01-31 09:25:21 +0000] something", '{"level":"INFO"}', "2026-01-31 09:25:21,042 | INFO"],
  ])("is no other text: %j", (text) => {
    expect(parsePython(text)).toBeUndefined();
  });
});
