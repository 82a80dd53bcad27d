/** One line to put, and where. */
export interface LogLine {
  readonly logGroup: string;
  readonly logStream: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** Lines to put; they are read while they are put, so that there may be more of them than fit into memory. */
export interface LineSource {
  /** How many there are. */
  readonly count: number;
  read(): AsyncIterable<LogLine> | Iterable<LogLine>;
}
