import { MessageParsing, type ParseCounts, type ParsingOptions, type StreamParsing } from "../parsers/message-parsing";
import type { ParserChoice } from "../settings/parser-choice";

/** Buckets have few formats and lists of fields; files with lists of their own must not fill the memory. */
const MAX_PARSERS = 32;

/** Parses lines of objects by the format and the fields of each, and counts them. */
export class ObjectParsing {
  readonly #options: Omit<ParsingOptions, "parser" | "fields">;
  readonly #parsers = new Map<string, MessageParsing>();
  readonly #counts: ParseCounts = { parsed: 0, failed: 0 };

  constructor(options: Omit<ParsingOptions, "parser" | "fields">) {
    this.#options = options;
  }

  /**
   * @param fields of a line, in their order; empty: AWS's default
   * @returns undefined: lines stay as they are
   */
  of(parser: ParserChoice, fields: readonly string[]): StreamParsing | undefined {
    const key = [parser, ...fields].join(" ");
    let made = this.#parsers.get(key);
    if (!made) {
      if (this.#parsers.size >= MAX_PARSERS) this.#forget();
      made = new MessageParsing({ ...this.#options, parser, fields });
      this.#parsers.set(key, made);
    }
    return made.of({ logGroup: "", logStream: "" });
  }

  /** Returns what was counted since the last call. */
  takeCounts(): ParseCounts {
    this.#collect();
    const counts = { ...this.#counts };
    Object.assign(this.#counts, { parsed: 0, failed: 0 });
    return counts;
  }

  #forget(): void {
    this.#collect();
    this.#parsers.clear();
  }

  #collect(): void {
    for (const parsing of this.#parsers.values()) {
      const { parsed, failed } = parsing.takeCounts();
      this.#counts.parsed += parsed;
      this.#counts.failed += failed;
    }
  }
}
