import zlib from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { batchProgress, packBodies, signed } from "../subjects/core";

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
 * Times the steps of one pass.
 *
 * @param now returns the current time in milliseconds; the zero point does not matter. Reading CPU time would take too long
 */
export function stepsOf(event: KinesisStreamEvent, now: () => number = () => performance.now()): Steps {
  let inflate = 0;
  let sign = 0;
  const { gunzipSync } = zlib;
  const start = now();
  const records = batchProgress(event.Records);
  const base64 = now() - start;
  // Inflating alternates with writing, so it is timed where it happens.
  Object.assign(zlib, {
    gunzipSync(...args: Parameters<typeof gunzipSync>) {
      const before = now();
      try {
        return gunzipSync(...args);
      } finally {
        inflate += now() - before;
      }
    },
  });
  try {
    packBodies(records, (body) => {
      const before = now();
      signed(body);
      sign += now() - before;
    });
  } finally {
    Object.assign(zlib, { gunzipSync });
  }
  return { base64, inflate, write: now() - start - base64 - inflate - sign, sign };
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
