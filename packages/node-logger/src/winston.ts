import Transport from "winston-transport";
import { type LineSink, type LoggerStats, lineSink, type TransportOptions } from "./index";
import { isError } from "./line/is-error";

/** Options of the transport. `format` is this library's; formats of winston belong to the logger. */
export type WinstonTransportOptions = TransportOptions & Omit<Transport.TransportStreamOptions, "format">;

/** Winston's key of the level that no format has changed. Source: triple-beam. */
const LEVEL = Symbol.for("level");

/** What winston makes of a line. */
interface Info {
  level: string;
  message?: unknown;
  timestamp?: unknown;
  stack?: unknown;
  [LEVEL]?: string;
}

/** A transport of winston: `createLogger({ transports: [new WinstonTransport({ stream: "app" })] })`. */
export class WinstonTransport extends Transport {
  readonly #sink: LineSink;

  /** @throws {LoggerOptionsError} with all that is wrong with the options */
  constructor(options: WinstonTransportOptions) {
    const { level, silent, handleExceptions, handleRejections } = options;
    super({
      ...(level !== undefined && { level }),
      ...(silent !== undefined && { silent }),
      ...(handleExceptions !== undefined && { handleExceptions }),
      ...(handleRejections !== undefined && { handleRejections }),
    });
    this.#sink = lineSink(options);
  }

  override log(info: Info, next: () => void): void {
    const { level: shown, message, timestamp, stack, ...fields } = info;
    const isTime = typeof timestamp === "string" && ISO_TIME.test(timestamp);
    const error = Object.entries(fields).find(([name, value]) => ["error", "err"].includes(name) && isError(value));
    this.#sink.write({
      time: isTime ? timestamp : Date.now(),
      level: info[LEVEL] ?? shown,
      message: typeof message === "string" ? message : undefined,
      fields: {
        ...fields,
        ...(typeof message !== "string" && message !== undefined && { message }),
        ...(timestamp !== undefined && !isTime && { timestamp }),
      },
      error:
        (error?.[1] as Error | undefined) ?? (typeof stack === "string" ? { type: typeIn(stack), stack } : undefined),
      except: error?.[0],
    });
    setImmediate(() => this.emit("logged", info));
    next();
  }

  /**
   * Sends all lines so far.
   *
   * @param seconds how long to wait. @default `flushSeconds`
   * @returns whether none of them is only in memory any more
   */
  flush(seconds?: number): Promise<boolean> {
    return this.#sink.flush(seconds);
  }

  /** What has become of the lines. */
  stats(): LoggerStats {
    return this.#sink.stats();
  }

  /** Winston calls it when the transport is removed. */
  override close(): void {
    void this.#sink.close();
  }

  /** The logger's "finish" comes after the lines were sent. */
  override _final(callback: (error?: Error | null) => void): void {
    void this.#sink.close().then(() => callback());
  }
}

/** ISO 8601 with a zone, as winston's `timestamp()` writes it. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The type at the beginning of a stack, `TypeError: …`. */
const typeIn = (stack: string): string | undefined => /^([A-Za-z_$][\w$]{0,99}): /.exec(stack)?.[1];
