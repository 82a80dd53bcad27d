import type { RestOfName } from "../json/field-names";
import { textOfString } from "../json/members";
import { parsedArray, parsedObject } from "../json/object";
import { REDACTED } from "../settings/redacted";
import { type JsonToken, rewrittenJson } from "./json-tokens";
import { isSecretName, mayHaveSecretName } from "./kinds/token";
import { hasAny, MAX_ESCAPES, redactedText } from "./redact-text";
import type { TextFinder } from "./text-range";

/** What is redacted in a text, in whatever form it is. */
export interface RedactionPlan {
  /** Find what is redacted in each text of an object, and in a message that is none. */
  finders: readonly TextFinder[];
  /** How many of these, the first ones, find kinds of text: whatever is around it. */
  kinds: number;
  /** Those that look at a JSON text as it is written, too, where a match may lie in several tokens. */
  spanning: readonly TextFinder[];
  /** Whether values of names such as `password` are redacted in objects. */
  hasNamedSecrets: boolean;
  /** Fields of an object that are redacted with all that is in them, in lower case. */
  fields: readonly RestOfName[];
}

/** How many JSON texts within one another are redacted as JSON; those further in are texts. */
const MAX_NESTED = 3;

/** Whether a message's members become fields. */
export const isJsonObject = (text: string): boolean => parsedObject(text) !== undefined;

const isJson = (text: string): boolean => (parsedObject(text) ?? parsedArray(text)) !== undefined;

/** Redacts a message: JSON value by value, behind a prefix, too, and any other text as it is. */
export function redactedMessage(text: string, plan: RedactionPlan, nested = MAX_NESTED): string {
  if (nested === 0 || !mayHoldJson(text)) return redactedText(text, plan.finders);
  const left = withoutNeedlessKinds(text, plan);
  if (left.finders.length + left.fields.length === 0) return text;
  const start = startOfJson(text);
  if (start === undefined) return redactedAgain(text, redactedText(text, left.finders), plan, nested);
  const json = redactedJson(text.slice(start), left, nested);
  if (start === 0) return redactedText(json, plan.spanning);
  return redactedText(text.slice(0, start) + json, plan.finders);
}

/** Whether a text may be JSON, or end in an object. */
const mayHoldJson = (text: string) => text.includes("{") || /^[ \t\r\n]*\[/.test(text);

/**
 * Looks at the whole of a text first: its values and what is nested in them have nothing that it has not, once the escapes of all
 * levels are resolved. In a text with percent-encoding that is not so, because that is resolved together with JSON's escapes.
 */
function withoutNeedlessKinds(text: string, plan: RedactionPlan): RedactionPlan {
  const { kinds, finders, hasNamedSecrets } = plan;
  if (kinds === 0 || text.includes("%")) return plan;
  const sought = [...finders.slice(0, kinds), ...(hasNamedSecrets ? [findSecretName] : [])];
  if (hasAny(text, sought, MAX_NESTED + MAX_ESCAPES)) return plan;
  return { ...plan, finders: finders.slice(kinds), kinds: 0 };
}

/** Finds what may be a name: its value may be anywhere after it. */
const findSecretName: TextFinder = (text) => (mayHaveSecretName(text) ? [{ start: 0, end: text.length }] : []);

/** What was no JSON may be JSON without what is redacted: its escapes then mean something else. */
function redactedAgain(text: string, redacted: string, plan: RedactionPlan, nested: number): string {
  return redacted !== text && startOfJson(redacted) !== undefined
    ? redactedMessage(redacted, plan, nested - 1)
    : redacted;
}

/** Returns where the JSON object or array of a text begins: at its start, or behind what a logger writes before an object. */
function startOfJson(text: string): number | undefined {
  if (isJson(text)) return 0;
  const brace = text.indexOf("{");
  return brace > 0 && /\}\s*$/.test(text.slice(-100)) && parsedObject(text.slice(brace)) ? brace : undefined;
}

function redactedJson(json: string, plan: RedactionPlan, nested: number): string {
  const isSecretsName = ({ kind, written }: JsonToken) =>
    plan.hasNamedSecrets && kind === "name" && isSecretName(textOfString(written));
  let isOfSecret = false;
  return rewrittenJson(
    json,
    plan.fields,
    (token) => {
      const { kind, written, isField } = token;
      const isSecret = isOfSecret && mayBeSecret(token);
      isOfSecret = isSecretsName(token);
      if (isField || isSecret) return JSON.stringify(REDACTED);
      if (kind === "number")
        return redactedText(written, plan.finders) === written ? undefined : JSON.stringify(REDACTED);
      if (kind !== "string" && kind !== "name") return undefined;
      const text = textOfString(written);
      const redacted = redactedMessage(text, plan, nested - 1);
      return redacted === text ? undefined : JSON.stringify(redacted);
    },
    (name) => name.toLowerCase(),
  );
}

/** An object behind such a name is a description, and so are words: `{"password":{"min":8},"apiKey":true}`. */
const mayBeSecret = ({ kind, written }: JsonToken): boolean =>
  kind === "number" || kind === "array" || (kind === "string" && written !== '""');
