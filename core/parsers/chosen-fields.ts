import { fieldName } from "./field-name";
import { FieldTable, type LineField } from "./field-table";
import { asText } from "./field-values";
import type { LineDescription, LineForm } from "./line-description";

interface ChosenFieldsOptions {
  /** `event.dataset` of each line. */
  dataset: string;
  /** Dotted path of the service's own fields. */
  own: string;
  /** Fields with a place of their own, by their names. */
  known: readonly LineField[];
}

/**
 * The table of a format whose users choose its fields. A name that is not known, such as one of a later version, becomes a text
 * among the service's own fields.
 *
 * @param names in the order of a line
 */
export function chosenFields(names: readonly string[], { dataset, own, known }: ChosenFieldsOptions): FieldTable {
  const byName = new Map(known.map((field) => [field[0], field]));
  const fields = names.map(
    (name): LineField => byName.get(name) ?? [name, [`${own}.${fieldName(name) || "unnamed"}`, asText]],
  );
  return new FieldTable({ dataset, additionalFields: `${own}.additional_fields` }, fields);
}

/** Values that tell a line of the format, which may have more fields or fewer, from another line. */
const EVIDENCE = 3;

/**
 * Whether the texts may be a line: each that has a value looks like its field, and some do.
 *
 * @param forms of each field of a line: what it looks like; undefined: like anything
 */
export function areOfForms(texts: readonly string[], forms: readonly (RegExp | undefined)[]): boolean {
  let matches = 0;
  for (let i = 0; i < Math.min(texts.length, forms.length); i++) {
    const form = forms[i];
    if (form === undefined || texts[i] === "-") continue;
    if (!form.test(texts[i]!)) return false;
    matches++;
  }
  return matches >= (texts.length === forms.length ? 1 : EVIDENCE);
}

/** The same for the WASM encoder. */
export const evidence = (forms: readonly (RegExp | undefined)[]): Pick<LineDescription, "forms" | "isByEvidence"> => ({
  forms: forms.flatMap((is, column): LineForm[] => (is === undefined ? [] : [{ column, is }])),
  isByEvidence: true,
});
