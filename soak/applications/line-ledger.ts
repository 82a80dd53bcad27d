/** The message of a line: no two lines have the same. */
export const lineName = (application: number, life: number, line: number): string =>
  `line ${line} of life ${life} of application ${application}`;

/** What a program has written to its ledger: the numbers of lines, from 1 on. */
export interface LoggedLines {
  readonly logged: number;
  /** Up to here, all lines were delivered when the logger said so. */
  readonly flushed: number;
}

/** Reads a ledger, whose last line SIGKILL may have cut. */
export function readLedger(text: string): LoggedLines {
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  const last = (what: string) =>
    Number(lines.findLast((line) => line.startsWith(`${what} `))?.slice(what.length + 1) ?? 0);
  return { logged: last("logged"), flushed: last("flushed") };
}
