import type { LogLine } from "./line";
import type { StoredEvent } from "./put";

/** Such as CloudFront's `#Version: 1.0`. */
const HEADER = /^#/;

/** Keeps one event per log group: the first that is not a header line. */
export class Examples {
  readonly #events = new Map<string, StoredEvent>();

  get events(): StoredEvent[] {
    return [...this.#events.values()];
  }

  /** @param lines of one log group @param idOf the id of the n-th line */
  add(lines: readonly LogLine[], idOf: (n: number) => string): void {
    const { logGroup } = lines[0]!;
    const before = this.#events.get(logGroup);
    if (before && !HEADER.test(before.message)) return;
    const n = lines.findIndex(({ message }) => !HEADER.test(message));
    if (before && n < 0) return;
    const index = Math.max(0, n);
    this.#events.set(logGroup, { ...lines[index]!, id: idOf(index) });
  }
}
