/** One line to put, and where. */
export interface LogLine {
  readonly logGroup: string;
  readonly logStream: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}
