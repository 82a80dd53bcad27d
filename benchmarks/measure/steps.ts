import type { KinesisStreamEvent } from "aws-lambda";
import { inflateMember } from "../../core/fast-path/fast-path-record";
import { inflateRecord } from "../../core/sources/kinesis/gunzip";
import { batchProgress, packBodies, SETTINGS, signed } from "../subjects/core";

/** The time of each step of the core in one pass, in milliseconds. */
export interface Steps {
  base64: number;
  inflate: number;
  /** The rest: validating envelopes, writing documents, packing them into bodies. */
  write: number;
  /** SHA-256 and the signature. */
  sign: number;
}

/**
 * Times the steps of the core. Inflating, which alternates with writing, is timed in a pass of its own.
 *
 * @param now returns the current time in milliseconds; the zero point does not matter. Reading CPU time would take too long
 */
export function stepsOf(event: KinesisStreamEvent, now: () => number = () => performance.now()): Steps {
  const timed = (work: () => void) => {
    const before = now();
    work();
    return now() - before;
  };
  let sign = 0;
  let batch = batchProgress([]);
  const base64 = timed(() => {
    batch = batchProgress(event.Records);
  });
  const { recordMaxBytes } = SETTINGS;
  const inflate = timed(() => {
    for (const { record } of batch.records) inflateRecord(record.data, recordMaxBytes, recordMaxBytes, inflateMember);
  });
  const rest = timed(() => {
    packBodies(batch, (body) => {
      sign += timed(() => signed(body));
    });
  });
  return { base64, inflate, write: rest - inflate - sign, sign };
}

/** The parts as whole percentages that add up to 100. */
export function percentages<Part extends string>(parts: Readonly<Record<Part, number>>): Record<Part, number> {
  const entries = Object.entries<number>(parts);
  const total = entries.reduce((sum, [, part]) => sum + part, 0);
  let upTo = 0;
  const percent = (part: number) => {
    const before = Math.round((100 * upTo) / total);
    upTo += part;
    return Math.round((100 * upTo) / total) - before;
  };
  return Object.fromEntries(entries.map(([name, part]) => [name, percent(part)])) as Record<Part, number>;
}
