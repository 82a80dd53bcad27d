import { lineShape } from "./line/line-source";
import { LineWriter, type LogEntry, type WrittenLine } from "./line/line-writer";
import { PinoLines, type PinoNames } from "./line/pino-line";
import { checkedOptions, type OwnOptions, optionsObject, type TransportOptions } from "./logger-options";
import { Sender } from "./sender/sender";

/** What a transport of another logger writes to. */
export interface LineSink {
  /** Writes an entry. */
  write(entry: LogEntry, logger?: string): void;
  /** Writes a line of pino's. */
  writePino(line: string): void;
  /** Tells how pino writes its lines. @default as it does without options */
  readPinoBy(names: PinoNames): void;
  flush(seconds?: number): Promise<boolean>;
  close(seconds?: number): Promise<boolean>;
  stats: Sender["stats"];
}

/**
 * Makes what the transports have in common.
 *
 * @param own options that the transport has alone
 * @throws {LoggerOptionsError} with all that is wrong with the options
 */
export function lineSink(options: TransportOptions, own?: OwnOptions): LineSink {
  const { service, sender: senderOptions } = checkedOptions(optionsObject(options), own);
  const sender = new Sender(service, senderOptions);
  // In pino's worker, lines are those of the main thread.
  const shape = lineShape(options, "main");
  const writer = new LineWriter(shape);
  let pinoLines = new PinoLines(shape);
  const add = (write: () => WrittenLine): void => {
    try {
      sender.add(write());
    } catch (error) {
      sender.failed(error);
    }
  };
  return {
    write: (entry) => add(() => writer.write(entry)),
    writePino: (line) => add(() => pinoLines.convert(line)),
    readPinoBy: (names) => {
      pinoLines = new PinoLines(shape, names);
    },
    flush: (seconds) => sender.flush(seconds),
    close: (seconds) => sender.close(seconds),
    stats: () => sender.stats(),
  };
}
