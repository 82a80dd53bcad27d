import Transport from "winston-transport";
import { type LineSink, type LoggerStats, lineSink, type TransportOptions } from "./index";
import { winstonEntry } from "./line/winston-entry";

/** Options of the transport. `format` is this library's; formats of winston belong to the logger. */
export type WinstonTransportOptions = TransportOptions & Omit<Transport.TransportStreamOptions, "format">;

/** Those that are winston's. */
const OWN_NAMES = ["level", "silent", "handleExceptions", "handleRejections"] as const;

/** A transport of winston: `createLogger({ transports: [new WinstonTransport({ stream: "app" })] })`. */
export class WinstonTransport extends Transport {
  readonly #sink: LineSink;

  /** @throws {LoggerOptionsError} with all that is wrong with the options */
  constructor(options: WinstonTransportOptions) {
    const given = OWN_NAMES.filter((name) => options?.[name] !== undefined);
    super(Object.fromEntries(given.map((name) => [name, options[name]])));
    this.#sink = lineSink(options, { names: OWN_NAMES });
  }

  override log(info: object, next: () => void): void {
    this.#sink.write(winstonEntry(info));
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
