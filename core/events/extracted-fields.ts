import { isObject } from "../json/object";

/**
 * Fields that CloudWatch Logs adds to an event: those of a subscription filter's pattern, and the system fields that its
 * `emitSystemFields` names.
 *
 * Source: CloudWatch Logs API Reference, "PutSubscriptionFilter".
 */
export type ExtractedFields = Readonly<Record<string, string>>;

/** System fields: where an event of a centralized log group comes from. */
const SYSTEM_FIELDS = { owner: "@aws.account", region: "@aws.region", logGroup: "@source.log" } as const;

/** The names of patterns' fields: without dots, which engines take for objects within one another. */
const NAME = /^[\w$@-][\w $@-]{0,99}$/;

/** Maximum number of fields of one event. A pattern has at most 1,024 characters, so real ones have fewer. */
const MAX_FIELDS = 100;

/** Maximum length of a system field. Source: CloudWatch Logs API Reference, "CreateLogGroup": 512 for a log group's name. */
const MAX_SYSTEM_LENGTH = 512;

/** Where an event comes from, by its system fields; what they do not say is undefined. */
export type SystemFields = Partial<Record<keyof typeof SYSTEM_FIELDS, string>>;

/** Whether a field says where an event comes from. */
export const isSystemField = (name: string) => (Object.values(SYSTEM_FIELDS) as string[]).includes(name);

/**
 * Returns the extracted fields of a received event that can be indexed: texts, and numbers and booleans as texts.
 *
 * @returns undefined for none
 */
export function extractedFieldsIn(value: unknown): ExtractedFields | undefined {
  if (!isObject(value)) return undefined;
  const fields = Object.entries(value)
    .filter(([name, one]) => (isSystemField(name) ? isSystemValue(one) : NAME.test(name) && isScalar(one)))
    .slice(0, MAX_FIELDS)
    .map(([name, one]) => [name, String(one)]);
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

const isSystemValue = (value: unknown) =>
  typeof value === "string" && value !== "" && value.length <= MAX_SYSTEM_LENGTH;

const isScalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

/** Takes the system fields apart from the others. */
export function splitFields(fields: ExtractedFields): { system: SystemFields; others: ExtractedFields } {
  const system: SystemFields = {};
  for (const [name, field] of Object.entries(SYSTEM_FIELDS) as [keyof SystemFields, string][]) {
    if (Object.hasOwn(fields, field)) system[name] = fields[field]!;
  }
  const others = Object.entries(fields).filter(([name]) => !isSystemField(name));
  return { system, others: Object.fromEntries(others) };
}
