import { isLevelName, LEVEL_NUMBERS, type LevelName } from "./line/levels";
import { lineShape } from "./line/line-source";
import { LineWriter } from "./line/line-writer";
import { givenText } from "./line/short-text";
import { type CommonOptions, checkedOptions, optionsObject, type StreamTarget } from "./logger-options";
import { entryOf, type Said } from "./said";
import { Sender } from "./sender/sender";
import type { LoggerStats } from "./sender/stats";

/** Options of a logger. */
export interface StreamLoggerOptions extends CommonOptions {
  /** The lowest level that is logged. @default "info" */
  level?: LevelName | undefined;
  /** Name of the logger, `log.logger`. @default none */
  logger?: string | undefined;
}

/** What a logger and its children share, or have of their own. */
export interface LoggerParts {
  sender: Sender;
  writer: LineWriter;
  /** The lowest level that is logged, as a number. */
  level: number;
}

/** @throws {LoggerOptionsError} with all that is wrong with the options */
export function loggerParts(target: StreamTarget, options: StreamLoggerOptions): LoggerParts {
  const given = optionsObject(options);
  const { service, sender } = checkedOptions({ ...given, ...target }, { names: ["level", "logger"], problemsOf });
  return {
    sender: new Sender(service, sender),
    writer: new LineWriter(lineShape(given), given.logger),
    level: LEVEL_NUMBERS[given.level ?? "info"],
  };
}

function problemsOf({ level, logger }: { level?: unknown; logger?: unknown }): string[] {
  const levels = Object.keys(LEVEL_NUMBERS).join(", ");
  return [
    ...(level === undefined || isLevelName(level) ? [] : [`level is ${givenText(level)}; it can be ${levels}`]),
    ...(logger === undefined || typeof logger === "string" ? [] : [`logger is ${givenText(logger)}; it can be a text`]),
  ];
}

/**
 * Writes lines to a stream. No method throws, and no method that logs waits for anything.
 *
 * A method that logs takes a message and fields, fields and a message, or an error in place of either. An error among the fields, as
 * `error` or `err`, becomes the line's error.
 */
export class StreamLogger {
  readonly #sender: Sender;
  readonly #writer: LineWriter;
  readonly #level: number;

  protected constructor({ sender, writer, level }: LoggerParts) {
    this.#sender = sender;
    this.#writer = writer;
    this.#level = level;
  }

  trace(...said: Said): void {
    this.#log("trace", said);
  }

  debug(...said: Said): void {
    this.#log("debug", said);
  }

  info(...said: Said): void {
    this.#log("info", said);
  }

  warn(...said: Said): void {
    this.#log("warn", said);
  }

  error(...said: Said): void {
    this.#log("error", said);
  }

  fatal(...said: Said): void {
    this.#log("fatal", said);
  }

  /** Whether a level is logged: spares preparing what is expensive. */
  isEnabled(level: LevelName): boolean {
    return LEVEL_NUMBERS[level] >= this.#level;
  }

  /**
   * A logger that adds fields to each line, and sends by the same buffer.
   *
   * @param logger its name. @default this one's
   */
  child(fields: object, logger?: string): StreamLogger {
    return new StreamLogger({ sender: this.#sender, writer: this.#writer.child(fields, logger), level: this.#level });
  }

  /**
   * Sends all lines so far.
   *
   * @param seconds how long to wait. @default `flushSeconds`
   * @returns whether none of them is only in memory any more: each is delivered, dropped or in the spill file
   */
  flush(seconds?: number): Promise<boolean> {
    return this.#sender.flush(seconds);
  }

  /**
   * Flushes, and ends. What is left goes to the spill file, or is dropped; what is logged later is dropped.
   *
   * @param seconds how long to wait. @default `flushSeconds`
   * @returns whether no line was dropped by that
   */
  close(seconds?: number): Promise<boolean> {
    return this.#sender.close(seconds);
  }

  /** What has become of the lines. */
  stats(): LoggerStats {
    return this.#sender.stats();
  }

  #log(level: LevelName, said: Said): void {
    if (LEVEL_NUMBERS[level] < this.#level) return;
    try {
      this.#sender.add(this.#writer.write({ time: Date.now(), level, ...entryOf(said) }));
    } catch (error) {
      this.#sender.failed(error);
    }
  }
}
