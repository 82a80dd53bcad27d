import type { LogEvent } from "../events/envelope";
import { partsOfName, placesInMessage } from "../json/field-names";
import { parsedObject } from "../json/object";
import type { MessageParser, ParsedMessage } from "../parsers/parsed-message";
import type { EventOrigin } from "./event-origin";
import { memberTexts, parsedTexts } from "./parsed-texts";

/** What the texts of an event's fields are taken from. */
export interface EventTextsOptions {
  origin: Pick<EventOrigin, "ownTexts">;
  event: LogEvent;
  parse: MessageParser | undefined;
}

/** First parts of the names that the pipeline and its parsers write: no member of a message is under them. */
const OWN = ["aws", "cloud"];

/** The texts of an event's fields, by the names that they have in its document. They are parsed when they are asked for. */
export class EventTexts {
  readonly #options: EventTextsOptions;
  #parsed: { message: ParsedMessage | undefined } | undefined;
  #json: { text: string | undefined } | undefined;
  /** By field: several conditions may ask for the same, and each look reads the whole message. */
  readonly #texts = new Map<string, readonly string[]>();

  constructor(options: EventTextsOptions) {
    this.#options = options;
  }

  /**
   * @param field `message` is the whole message, too, whatever it is
   * @returns texts, numbers as they are written, `true`, `false` and `null`; of an array those of its elements; none for a field that is missing
   */
  of(field: string): readonly string[] {
    let texts = this.#texts.get(field);
    if (!texts) {
      texts = this.#find(field);
      this.#texts.set(field, texts);
    }
    return texts;
  }

  #find(field: string): readonly string[] {
    const parts = partsOfName(field);
    const { message } = this.#options.event;
    const parsed = this.#parse();
    const texts = [...this.#own(field), ...(parsed ? parsedTexts(parsed, [parts]) : [])];
    if (field === "message") texts.push(message, ...(parsed?.message === undefined ? [] : [parsed.message]));
    const json = OWN.includes(parts[0]!) ? undefined : this.#jsonText();
    return json === undefined ? texts : [...texts, ...memberTexts(json, placesInMessage(field))];
  }

  #own(field: string): string[] {
    const { origin, event } = this.#options;
    const text = origin.ownTexts(event).get(field);
    return text === undefined ? [] : [text];
  }

  #parse(): ParsedMessage | undefined {
    this.#parsed ??= { message: this.#options.parse?.(this.#options.event.message) };
    return this.#parsed.message;
  }

  #jsonText(): string | undefined {
    if (!this.#json) {
      const { message } = this.#options.event;
      this.#json = { text: parsedObject(message) ? message : this.#parse()?.json };
    }
    return this.#json.text;
  }
}
