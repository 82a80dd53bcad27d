import type { MessageParser, ParsedMessage } from "./parsed-message";

/** Makes a parser whose result for a message is that of the call before, if it was for the same message: several rules may ask for it. */
export function rememberingLast(parse: MessageParser): MessageParser {
  let last: { message: string; parsed: ParsedMessage | undefined } | undefined;
  return (message) => {
    if (last?.message !== message) last = { message, parsed: parse(message) };
    return last.parsed;
  };
}

/** Messages, and characters of them all, that are remembered: a record has about as many. */
const MAX_MESSAGES = 2_000;
const MAX_CHARACTERS = 1024 * 1024;

/** Keeps what was made of messages for whoever writes them later; when it is full, it forgets all. */
export class ParsedMessages {
  readonly #parsed = new Map<string, ParsedMessage | undefined>();
  #characters = 0;

  /** @param parse is called for a message that is not kept */
  of(message: string, parse: MessageParser): ParsedMessage | undefined {
    if (this.#parsed.has(message)) return this.#parsed.get(message);
    const parsed = parse(message);
    if (this.#parsed.size >= MAX_MESSAGES || this.#characters + message.length > MAX_CHARACTERS) this.#clear();
    this.#parsed.set(message, parsed);
    this.#characters += message.length;
    return parsed;
  }

  #clear(): void {
    this.#parsed.clear();
    this.#characters = 0;
  }
}
