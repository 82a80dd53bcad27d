import {
  EXTRACTED_BY,
  EXTRACTED_FROM,
  EXTRACTED_NAME,
  MAX_EXTRACT_FIELDS_LENGTH,
  MAX_EXTRACTED_FIELDS,
  RESERVED_NAMES,
  RESERVED_ROOTS,
} from "../../../core/settings/extracted-fields";
import { type InputRule, jsonSize, size } from "../../inputs/rules";
import { map, object, required, string } from "../../inputs/schema";
import { acceptedText } from "./environment";
import { re2 } from "./patterns";

const byPattern = acceptedText(EXTRACTED_NAME);

const fieldName: InputRule = {
  ...byPattern,
  accepts: (value) => typeof value === "string" && EXTRACTED_NAME.parse(value) !== undefined,
  condition: (value) =>
    [
      byPattern.condition(value),
      `!contains(${JSON.stringify(RESERVED_NAMES)}, ${value})`,
      `!contains(${JSON.stringify(RESERVED_ROOTS)}, split(".", ${value})[0])`,
    ].join(" && "),
};

/** `a` would be a text and an object if there were an `a.b`, too. */
const apart: InputRule = {
  allowed: "fields of which none is in another, as a.b is in a",
  accepts: (value) => {
    const names = Object.keys(Object(value));
    return !names.some((name) => names.some((other) => name.startsWith(`${other}.`)));
  },
  condition: (value) =>
    `!anytrue(flatten([for name in keys(${value}) : [for other in keys(${value}) : startswith(name, format("%s.", other))]]))`,
};

/** Fields that patterns extract from the messages of a log group, by the field's name. */
export const extractedFields = map(
  object({
    from: required(
      string(acceptedText(EXTRACTED_FROM)),
      "`message`, or a field that a parser or a JSON message has; dots lead into objects",
    ),
    pattern: required(
      string(acceptedText(EXTRACTED_BY), re2),
      "pattern of RE2, whose group of the field's name, or else its first group, holds what the field gets; without groups, the whole match",
    ),
  }),
  [fieldName],
  size(0, MAX_EXTRACTED_FIELDS, "fields"),
  apart,
  jsonSize(MAX_EXTRACT_FIELDS_LENGTH, "Lambda Developer Guide, Lambda quotas"),
);
