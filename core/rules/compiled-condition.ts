import { compiledPattern } from "../patterns/compiled-pattern";
import type { FieldCondition } from "../settings/field-condition";
import type { EventTexts } from "./event-texts";

/** Whether an event fulfils a condition. Of an array, one element is enough. */
export type CompiledCondition = (texts: EventTexts) => boolean;

/** @throws EnvironmentError for a pattern that RE2 does not take */
export function compiledCondition({ field, values, pattern }: FieldCondition): CompiledCondition {
  if (values) return (texts) => texts.of(field).some((text) => values.includes(text));
  const compiled = compiledPattern(pattern);
  return (texts) => texts.of(field).some((text) => compiled.test(text));
}
