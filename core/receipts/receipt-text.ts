import { HOUR_MS } from "../events/durations";
import { isObject } from "../json/object";
import { halvesOf, hexOf } from "./id-hash";
import { type EventCounts, Receipt, type ReceiptRow } from "./receipt";

/**
 * Returns a receipt as JSON: by hour, account and log group a list of `events`, `fingerprint` (16 hexadecimal digits), `dropped`,
 * `sampledOut` and `joined`, without zeros at its end.
 *
 *     {"2026-11-28T05":{"123456789012":{"/aws/lambda/foo":[3,"00000000deadbeef",1]}}}
 *
 * It is printable ASCII without spaces and "=", so that it is the value of a header as it is, whatever a log group's name is. The same
 * receipt always makes the same text.
 */
export function formatReceipt(receipt: Receipt): string {
  let text = "";
  let last: ReceiptRow | undefined;
  for (const row of receipt.rows()) {
    text += `${separator(last, row)}${jsonText(row.logGroup)}:${countsText(row)}`;
    last = row;
  }
  return last ? `{${text}}}}` : "{}";
}

/** Returns what is between the counts of a row and the log group of the next. */
function separator(last: ReceiptRow | undefined, { hour, account }: ReceiptRow): string {
  if (last?.hour === hour && last.account === account) return ",";
  if (last?.hour === hour) return `},${jsonText(account)}:{`;
  return `${last ? "}}," : ""}"${hourText(hour)}":{${jsonText(account)}:{`;
}

function countsText({ events, fingerprint, dropped, sampledOut, joined }: ReceiptRow): string {
  const counts = `${events},"${hexOf(fingerprint)}"`;
  if (joined !== 0) return `[${counts},${dropped},${sampledOut},${joined}]`;
  if (sampledOut !== 0) return `[${counts},${dropped},${sampledOut}]`;
  return dropped === 0 ? `[${counts}]` : `[${counts},${dropped}]`;
}

/** Characters that a header changes, or S3: it takes `=?` for the beginning of an encoded word of RFC 2047. */
const UNSAFE = /[^!-<>-~]/g;

const jsonText = (text: string): string =>
  JSON.stringify(text).replace(UNSAFE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** `YYYY-MM-DDTHH` in UTC */
const hourText = (hour: number): string => new Date(hour * HOUR_MS).toISOString().slice(0, 13);

/** Returns the receipt that a text is; undefined for one that `formatReceipt` of this release has not written. */
export function parseReceipt(text: string): Receipt | undefined {
  const receipt = new Receipt();
  try {
    for (const [hour, accounts] of entriesOf(JSON.parse(text)))
      for (const [account, logGroups] of entriesOf(accounts))
        for (const [logGroup, list] of entriesOf(logGroups))
          receipt.add({ account, logGroup }, countsIn(Date.parse(`${hour}:00Z`) / HOUR_MS, list));
    return formatReceipt(receipt) === text ? receipt : undefined;
  } catch {
    return undefined;
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  if (!isObject(value)) throw new Error("not an object");
  return Object.entries(value);
}

function countsIn(hour: number, list: unknown): EventCounts {
  const [events, text, dropped = 0, sampledOut = 0, joined = 0] = list as [number, string, ...number[]];
  return { hour, events, fingerprint: halvesOf(text), dropped, sampledOut, joined };
}
