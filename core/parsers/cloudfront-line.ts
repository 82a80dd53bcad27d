import { areOfForms, chosenFields } from "./chosen-fields";
import { CLOUDFRONT_FIELDS } from "./cloudfront-fields";
import { asText } from "./field-values";
import { isoText } from "./line-times";
import type { SlottedMessage } from "./parsed-message";
import { readUtcTime } from "./utc-times";

const OWN = "aws.cloudfront";

const NUMBER = /^\d+$/;

/** What a field looks like that has a value. */
const FORMS: ReadonlyMap<string, RegExp> = new Map([
  ["date", /^\d{4}-\d\d-\d\d$/],
  ["time", /^\d\d:\d\d:\d\d$/],
  ["timestamp", /^\d+(\.\d+)?$/],
  ["x-edge-location", /^[A-Z]{3}\d/],
  ["c-ip", /^[\da-fA-F.:]+$/],
  ["sc-status", /^\d{3}$/],
  ["time-taken", /^\d+(\.\d+)?$/],
  ...["timestamp(ms)", "sc-bytes", "cs-bytes", "c-port"].map((name) => [name, NUMBER] as const),
]);

/** Makes a parsed line of the texts of its fields. */
export type CloudfrontTexts = (texts: readonly string[]) => SlottedMessage;

/**
 * @param names of the fields, in the order of their texts
 * @param dataset `event.dataset` of each line
 */
export function cloudfrontTexts(names: readonly string[], dataset: string): CloudfrontTexts {
  const table = chosenFields(names, { dataset, own: OWN, known: CLOUDFRONT_FIELDS });
  const [millis, timestamp, date, time] = ["timestamp(ms)", "timestamp", "date", "time"].map((name) =>
    names.indexOf(name),
  );
  const endSlot = table.slotOf("event.end");
  // What is not enough for a time.
  const parts = (
    [
      ["timestamp", timestamp],
      ["date", date],
      ["time", time],
    ] as const
  ).map(([name, at]) => ({ at: at!, slot: table.slotOf(`${OWN}.${name}`) }));
  const { shape } = table;
  return (texts) => {
    const values = table.valuesOf(texts);
    const ms = epochTime(texts[millis!], 1) ?? epochTime(texts[timestamp!], 1000);
    const utc = `${texts[date!]}T${texts[time!]}Z`;
    const end = ms ?? readUtcTime(utc);
    if (end !== undefined) {
      values[endSlot] = ms === undefined ? utc : isoText(ms);
      return { shape, values, time: end };
    }
    for (const { at, slot } of parts) values[slot] = asText(texts[at] ?? "") ?? values[slot];
    return { shape, values };
  };
}

/** The same for texts that may be none of a line: undefined then. */
export function cloudfrontLine(names: readonly string[], dataset: string) {
  const parse = cloudfrontTexts(names, dataset);
  const forms = names.map((name) => FORMS.get(name));
  return (texts: readonly string[]): SlottedMessage | undefined =>
    areOfForms(texts, forms) ? parse(texts) : undefined;
}

/** @param unit ms. @returns ms since the epoch, of a year up to 9999 */
function epochTime(text: string | undefined, unit: number): number | undefined {
  if (text === undefined || text.length > 20 || !/^\d+(\.\d+)?$/.test(text)) return undefined;
  const ms = Math.round(Number(text) * unit);
  return ms <= MAX_TIME ? ms : undefined;
}

const MAX_TIME = Date.parse("9999-12-31T23:59:59.999Z");
