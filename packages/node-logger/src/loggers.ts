import type { FirehoseTarget } from "./services/firehose";
import type { KinesisTarget } from "./services/kinesis";
import { loggerParts, StreamLogger, type StreamLoggerOptions } from "./stream-logger";

/** Options of `KinesisLogger`. */
export interface KinesisLoggerOptions extends StreamLoggerOptions, Omit<KinesisTarget, "stream"> {}

/** Writes lines to a Kinesis stream. */
export class KinesisLogger extends StreamLogger {
  /**
   * @param stream its name, or its ARN
   * @throws {LoggerOptionsError} with all that is wrong with the options
   */
  constructor(stream: string, options: KinesisLoggerOptions = {}) {
    super(loggerParts({ stream }, options));
  }
}

/** Options of `FirehoseLogger`. */
export interface FirehoseLoggerOptions extends StreamLoggerOptions, Omit<FirehoseTarget, "deliveryStream"> {}

/** Writes lines to a Firehose stream. */
export class FirehoseLogger extends StreamLogger {
  /**
   * @param deliveryStream its name
   * @throws {LoggerOptionsError} with all that is wrong with the options
   */
  constructor(deliveryStream: string, options: FirehoseLoggerOptions = {}) {
    super(loggerParts({ deliveryStream }, options));
  }
}
