import type { LogEvent } from "../events/envelope";
import { type ExtractedFields, isSystemField } from "../events/extracted-fields";
import { placesInMessage, type RestOfName } from "../json/field-names";
import type { MessageParser, ParsedMessage } from "../parsers/parsed-message";
import { compiledPattern } from "../patterns/compiled-pattern";
import { REDACTED } from "../settings/redacted";
import type { RedactionRule } from "../settings/rules";
import { FINDERS } from "./kinds/finders";
import { isSecretName } from "./kinds/token";
import { memberTexts, redactedTexts } from "./parsed-texts";
import { isJsonObject, type RedactionPlan, redactedMessage } from "./redact-json";
import { redactedText } from "./redact-text";
import type { TextFinder, TextRange } from "./text-range";

/** Maximum number of a parser's texts that are looked for in a message. Beyond it, all of the message is redacted. */
const MAX_TEXTS = 100;

const lowerCase = (name: string) => name.toLowerCase();

/** Redacts events by the rules of a function. */
export class Redaction {
  readonly #plan: RedactionPlan;
  readonly #redactsMessage: boolean;

  constructor(rules: readonly RedactionRule[]) {
    const kinds = new Set(rules.flatMap((rule) => ("what" in rule ? rule.what : [])));
    const patterns = rules.flatMap((rule): TextFinder[] => {
      if (!("pattern" in rule)) return [];
      const pattern = compiledPattern(rule.pattern);
      return [(text) => pattern.matches(text)];
    });
    const names = rules.flatMap((rule) => ("field" in rule ? [lowerCase(rule.field)] : []));
    this.#plan = {
      finders: [...[...kinds].map((kind) => FINDERS[kind]), ...patterns],
      kinds: kinds.size,
      spanning: patterns,
      hasNamedSecrets: kinds.has("token"),
      fields: names.flatMap(placesInMessage),
    };
    this.#redactsMessage = names.includes("message");
  }

  /** @param parse makes fields of the messages of the event's log stream */
  event(event: LogEvent, parse: MessageParser | undefined): LogEvent {
    const { extractedFields, ...rest } = event;
    const texts = this.#plan.fields.length > 0 ? this.#parsedTexts(event.message, parse?.(event.message)) : [];
    const message = this.#message(event.message, parse, texts);
    const extracted = extractedFields && this.#extracted(extractedFields, this.#planFor(texts));
    if (message === event.message && extracted === extractedFields) return event;
    return { ...rest, message, ...(extracted && { extractedFields: extracted }) };
  }

  #message(message: string, parse: MessageParser | undefined, texts: readonly string[]): string {
    const plan = this.#planFor(texts);
    if (texts.length > MAX_TEXTS || (this.#redactsMessage && !isJsonObject(message))) return REDACTED;
    const redacted = redactedMessage(message, plan);
    return this.#plan.fields.length > 0 && parse && this.#hasField(redacted, parse(redacted)) ? REDACTED : redacted;
  }

  /** As it is, if there are no texts to look for besides. */
  #planFor(texts: readonly string[]): RedactionPlan {
    return texts.length === 0
      ? this.#plan
      : { ...this.#plan, finders: [...this.#plan.finders, ...texts.map(finderOf)] };
  }

  #parsedTexts(message: string, parsed: ParsedMessage | undefined): string[] {
    const { fields } = this.#plan;
    if (!parsed) return [];
    const { json } = parsed;
    // Members of JSON that the message has are redacted where they are.
    const members = json === undefined || message.includes(json) ? [] : memberTexts(json, fields, lowerCase);
    return [...new Set([...redactedTexts(parsed, fields, lowerCase), ...members])].filter((text) => text !== "");
  }

  /** Whether a parser would still write a field that is redacted, such as one that it computes from others. */
  #hasField(message: string, parsed: ParsedMessage | undefined): boolean {
    if (!parsed) return false;
    if (this.#parsedTexts(message, parsed).some((text) => !text.includes("REDACTED"))) return true;
    return memberTexts(parsed.json ?? "", this.#plan.fields, lowerCase).some((text) => text !== REDACTED);
  }

  #extracted(fields: ExtractedFields, { finders, fields: rests, hasNamedSecrets }: RedactionPlan): ExtractedFields {
    let isChanged = false;
    const entries = Object.entries(fields).flatMap(([name, value]): [string, string][] => {
      if (isSystemField(name)) return [[name, value]];
      const isField = rests.some((rest) => isExtracted(rest, name)) || (hasNamedSecrets && isSecretName(name));
      const redacted = isField ? REDACTED : redactedText(value, finders);
      const hasName = redactedText(name, finders) === name;
      isChanged ||= redacted !== value || !hasName;
      return hasName ? [[name, redacted]] : [];
    });
    return isChanged ? Object.fromEntries(entries) : fields;
  }
}

/** Whether a field is `aws.cloudwatch.extracted_fields.<name>`, or what that is in. */
const isExtracted = (rest: RestOfName, name: string) => {
  const place = ["aws", "cloudwatch", "extracted_fields", name.toLowerCase()];
  return rest.every((part, i) => part === place[i]);
};

/** Finds each occurrence of a text. */
const finderOf =
  (sought: string): TextFinder =>
  (text) => {
    const found: TextRange[] = [];
    for (let start = text.indexOf(sought); start >= 0; start = text.indexOf(sought, start + sought.length)) {
      found.push({ start, end: start + sought.length });
    }
    return found;
  };
