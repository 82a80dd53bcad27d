import type { Row } from "./table";

/** Hands a row of the suite's table to the process that has started it. */
export function send(row: Row): void {
  process.send!(row);
}
