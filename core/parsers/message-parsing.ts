import type { ParserChoice } from "../settings/parser-choice";
import type { ParserName } from "../settings/parser-names";
import { autoParser } from "./auto";
import { parserNameOf } from "./default-names";
import type { DescribedParser } from "./line-description";
import type { FieldExtractor, MessageParser } from "./parsed-message";
import { PARSERS } from "./parsers";
import { parserOfRedacted } from "./redacted-lines";

/** How parsed messages are written. */
export interface ParsedOptions {
  /** Whether a message stays in the document when the whole of it became fields. */
  readonly keepMessage: boolean;
  /** Whether `event.original` has the whole message. */
  readonly eventOriginal: boolean;
}

export interface ParsingOptions extends ParsedOptions {
  readonly parser: ParserChoice;
  /** See `ParserOptions`. */
  readonly fields: readonly string[];
  /** Adds fields to each message. @default none are added */
  readonly extract?: FieldExtractor | undefined;
  /** Whether messages come redacted: see `parserOfRedacted`. @default false */
  readonly areRedacted?: boolean | undefined;
}

/** How the messages of one log stream become fields. */
export interface StreamParsing extends ParsedOptions {
  readonly parse: DescribedParser;
  /** Whether `parse` knows no message but those that have a signature: see signatures.ts. What is redacted may lack it. */
  readonly needsSignature: boolean;
  readonly counts: ParseCounts;
}

export interface ParseCounts {
  /** Documents that were written from fields of a parser. */
  parsed: number;
  /** Messages that stay as they are because a parser, or writing what it made of them, threw. */
  failed: number;
}

/** Messages stay as they are. */
export const noParsing = (): StreamParsing => ({
  ...{ parse: () => undefined, needsSignature: false, keepMessage: true, eventOriginal: false },
  counts: { parsed: 0, failed: 0 },
});

/** Turns messages into fields by the parser of their log stream, and counts them. */
export class MessageParsing {
  readonly #counts: ParseCounts = { parsed: 0, failed: 0 };
  readonly #options: ParsingOptions;
  readonly #formats = new Map<ParserName, DescribedParser>();
  readonly #parsers = new Map<ParserName | "auto", DescribedParser>();
  readonly #extracting = new Map<ParserChoice, MessageParser>();

  constructor(options: ParsingOptions) {
    this.#options = options;
  }

  /** @returns undefined: messages stay as they are */
  of({ logGroup, logStream }: { logGroup: string; logStream: string }): StreamParsing | undefined {
    const { parser, keepMessage, eventOriginal, extract, areRedacted } = this.#options;
    if (parser === "none" && !extract) return undefined;
    const name = parser === "auto" ? (parserNameOf(logGroup, logStream) ?? "auto") : parser;
    const parse = extract ? this.#extractor(name, extract) : this.#parser(name);
    const needsSignature = name === "auto" && !extract && !areRedacted;
    return { parse, needsSignature, keepMessage, eventOriginal, counts: this.#counts };
  }

  /** Returns what was counted since the last call. */
  takeCounts(): ParseCounts {
    const counts = { ...this.#counts };
    Object.assign(this.#counts, { parsed: 0, failed: 0 });
    return counts;
  }

  #extractor(name: ParserChoice, extract: FieldExtractor): MessageParser {
    const made = this.#extracting.get(name);
    if (made) return made;
    const parser = this.#parser(name);
    const extractor: MessageParser = (message) => extract(message, parser(message));
    this.#extracting.set(name, extractor);
    return extractor;
  }

  #format(name: ParserName): DescribedParser {
    let parser = this.#formats.get(name);
    if (!parser) {
      parser = PARSERS[name](this.#options);
      this.#formats.set(name, parser);
    }
    return parser;
  }

  #parser(name: ParserChoice): DescribedParser {
    if (name === "none") return () => undefined;
    const made = this.#parsers.get(name);
    if (made) return made;
    const known = name === "auto" ? autoParser((one) => this.#format(one)) : this.#format(name);
    const parser = this.#options.areRedacted ? parserOfRedacted(known) : known;
    this.#parsers.set(name, parser);
    return parser;
  }
}
