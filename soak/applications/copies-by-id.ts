import { memberOf } from "../../core/json/object";
import { count } from "../../tools/text/numbers";
import { CountsByName } from "../counts-by-name";

/** Lines as they were found, each with all its copies. */
export class CopiesById {
  readonly #copies = new CountsByName();

  /** @param line a document, or a line in S3: its message is its name, and its `event.id` the same in each copy */
  add(line: object): void {
    this.#copies.add(JSON.stringify([memberOf(line, "message"), memberOf(line, "event.id")]));
  }

  /** The name of each line, once for each `event.id` that it has: a line with two of them is there twice. */
  get names(): string[] {
    return this.#copies.entries().map(([key]) => String(JSON.parse(key)[0]));
  }

  /** How many lines there are more than once. */
  get repeated(): number {
    return this.#copies.entries().filter(([, copies]) => copies > 1).length;
  }

  /** How many copies there are beyond the first of each line. */
  get further(): number {
    return this.#copies.entries().reduce((sum, [, copies]) => sum + copies - 1, 0);
  }
}

/** Says how often lines are there. */
export function copiesText(where: string, { names, repeated, further }: CopiesById): string {
  const lines = names.length;
  return `${where} has ${count(lines + further)} for ${count(lines)} lines: ${count(repeated)} of them more than once, each time with the same event.id.`;
}
