import { MAX_MESSAGE_BYTES } from "../../tools/put-log-events";
import { count as number } from "../../tools/text/numbers";
import type { FileLine, LineFault } from "./file-lines";

/** Maximum number of line numbers in a message. */
const MAX_LINE_NUMBERS = 5;

/** Lines of a file that CloudWatch Logs does not accept. */
export class Faults {
  readonly #lines = new Map<LineFault, { count: number; first: number[] }>();

  add({ fault, number }: FileLine): void {
    if (!fault) return;
    const lines = this.#lines.get(fault) ?? { count: 0, first: [] };
    lines.count++;
    if (lines.first.length < MAX_LINE_NUMBERS) lines.first.push(number);
    this.#lines.set(fault, lines);
  }

  get count(): number {
    return [...this.#lines.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** Describes the lines, such as `2 lines are not UTF-8 (lines 3 and 7), 1 line is longer than 1,048,550 bytes (line 9)`. */
  toString(): string {
    return [...this.#lines]
      .map(([fault, { count, first }]) => {
        const what = count === 1 ? `1 line is` : `${number(count)} lines are`;
        return `${what} ${WHAT[fault]} (${lineNumbers(count, first)})`;
      })
      .join(", ");
  }
}

const WHAT: Readonly<Record<LineFault, string>> = {
  "not UTF-8": "not UTF-8",
  "too long": `longer than the ${number(MAX_MESSAGE_BYTES)} bytes that CloudWatch Logs accepts`,
};

function lineNumbers(count: number, first: readonly number[]): string {
  if (count === 1) return `line ${first[0]}`;
  const rest = count - first.length;
  return `lines ${rest > 0 ? `${first.join(", ")} and ${number(rest)} more` : `${first.slice(0, -1).join(", ")} and ${first.at(-1)}`}`;
}
