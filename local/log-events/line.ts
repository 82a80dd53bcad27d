/** A line to put, with its destination. */
export interface LogLine {
  readonly logGroup: string;
  readonly logStream: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** Lines to put. They are read while they are put, so there may be more than fit into memory. */
export interface LineSource {
  /** Number of lines. */
  readonly count: number;
  read(): AsyncIterable<LogLine> | Iterable<LogLine>;
}
