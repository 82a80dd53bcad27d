import type { QuarantineKind } from "../shared/quarantine";

/** Where quarantined objects of one kind are. */
export interface QuarantinePlace {
  readonly kind: QuarantineKind;
  readonly bucket: string;
  /** Of the keys. */
  readonly prefix: string;
  /** Of the archive or the quarantine that the place is in: "" or ends in "/". Of Firehose: "". */
  readonly archivePrefix: string;
  /** Of the function that reads access logs. */
  readonly queueUrl?: string;
  /** Of each stream, the field that its function reads times of applications' records from; "": those that loggers use. */
  readonly timeFields?: ReadonlyMap<string, string>;
  /** Name of the delivery stream. */
  readonly deliveryStream?: string;
}

/** What a listing says of an object. */
export interface QuarantinedObject {
  readonly key: string;
  readonly bytes: number;
  readonly eTag: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly modified: number;
}

const HOUR = /(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)(?:\/(\d\d))?\//;

/** Returns the beginning of the hour, or of the day, that a key names, in milliseconds since the epoch. */
export function hourOfKey(key: string): number | undefined {
  const [, year, month, day, hour = "00"] = HOUR.exec(key) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:00:00Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
