/** What a program is told by its environment, as JSON in `PROGRAM`. */
export interface ProgramSettings {
  /** Path of the built package's entry point. */
  readonly package: string;
  /** Whose client of the package logs. */
  readonly service: "kinesis" | "firehose";
  /** Name of the Kinesis stream, or the delivery stream. */
  readonly stream: string;
  readonly endpoint: string;
  readonly region: string;
  /** File to which it writes what it logs. */
  readonly ledger: string;
  readonly application: number;
  /** How often it was started before. */
  readonly life: number;
  readonly seed: number;
}

/** What a program reports of its logger when everything is flushed. */
export interface ProgramStats {
  readonly dropped: Readonly<Record<string, number>>;
  readonly resentRecords: number;
  readonly throttledRecords: number;
}

/** Asks a program, by its standard input, to log nothing more, and to flush: it is killed then. */
export const PAUSE = "pause";
