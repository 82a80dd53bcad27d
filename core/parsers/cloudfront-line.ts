import { areOfForms, chosenFields, evidence } from "./chosen-fields";
import { CLOUDFRONT_FIELDS } from "./cloudfront-fields";
import { asText } from "./field-values";
import type { LineDescription } from "./line-description";
import { isoText } from "./line-times";
import type { SlottedMessage } from "./parsed-message";
import { SpanOp } from "./span-ops";
import type { SpanStep } from "./span-step";
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
export interface CloudfrontTexts {
  (texts: readonly string[]): SlottedMessage;
  /** How the WASM encoder reads them; undefined: it cannot say when a line's request ended. */
  readonly described?: Pick<LineDescription, "table" | "derived" | "time">;
}

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
  const parse = (texts: readonly string[]) => {
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
  const slots = [endSlot];
  const endStep = (): SpanStep | undefined => {
    if (millis! >= 0) return { op: SpanOp.epochTime, columns: [millis!], digits: 0, slots };
    if (timestamp! >= 0) return { op: SpanOp.epochTime, columns: [timestamp!], digits: 3, slots };
    if (date! < 0 || time! < 0) return undefined;
    return { op: SpanOp.dateAndTime, columns: [date!, time!], slots };
  };
  const step = endStep();
  return Object.assign(parse, step && { described: { table, derived: [step], time: { ...step, slots: [] } } });
}

/** The same for texts that may be none of a line, undefined then, and for lines whose fields are between tabs. */
export function cloudfrontLine(names: readonly string[], dataset: string) {
  const parse = cloudfrontTexts(names, dataset);
  const forms = names.map((name) => FORMS.get(name));
  const parseLine = (texts: readonly string[]): SlottedMessage | undefined =>
    areOfForms(texts, forms) ? parse(texts) : undefined;
  const line: LineDescription | undefined = parse.described && {
    ...{ ...parse.described, split: "tabs", minFields: 2 },
    ...evidence(forms),
  };
  return { parseLine, line };
}

/** @param unit ms. @returns ms since the epoch, of a year up to 9999 */
function epochTime(text: string | undefined, unit: number): number | undefined {
  if (text === undefined || text.length > 20 || !/^\d+(\.\d+)?$/.test(text)) return undefined;
  const ms = Math.round(Number(text) * unit);
  return ms <= MAX_TIME ? ms : undefined;
}

const MAX_TIME = Date.parse("9999-12-31T23:59:59.999Z");
