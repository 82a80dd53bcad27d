import { once } from "node:events";
import { harmless, harmlessJson } from "../tools/text/one-line";
import type { QueriedEvent } from "./source";
import type { RowOutput } from "./sql/rows";

/** Events that are remembered, so that one which several objects have is printed once. */
const MAX_REMEMBERED = 200_000;

/** Prints events as lines, each event once as long as it is among the latest {@link MAX_REMEMBERED}. */
export class PrintedEvents {
  count = 0;
  private readonly remembered = new Set<string>();

  constructor(
    private readonly output: RowOutput,
    private readonly isJson: boolean,
  ) {}

  async print(event: QueriedEvent): Promise<void> {
    const { account, log_group: group, id } = event;
    const identity = JSON.stringify([account, group, id]);
    if (this.remembered.has(identity)) return;
    this.remembered.add(identity);
    // A set is in the order of its insertions.
    if (this.remembered.size > MAX_REMEMBERED) this.remembered.delete(this.remembered.values().next().value!);
    this.count++;
    if (!this.output.write(`${this.lineOf(event)}\n`)) await once(this.output, "drain");
  }

  private lineOf({ time, source_group: _, ...columns }: QueriedEvent): string {
    const isTerminal = this.output.isTTY === true;
    const iso = new Date(time).toISOString();
    if (this.isJson) {
      const event = { time: iso, ...columns };
      return isTerminal ? harmlessJson(event) : JSON.stringify(event);
    }
    const line = `${iso} ${columns.log_group} ${columns.log_stream} ${columns.message}`;
    return isTerminal ? harmless(line) : line;
  }
}
