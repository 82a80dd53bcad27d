import zlib from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { signed } from "../http/signed";
import { batchProgress, packBodies } from "../subjects/core";

/** What each step of the core took in one pass. */
export interface Steps {
  base64: number;
  inflate: number;
  /** Validating envelopes, writing documents, packing them into bodies: all that the others are not. */
  write: number;
  /** SHA-256 and the signature. */
  sign: number;
}

/** @param now the time, in milliseconds since any beginning: not CPU time, which takes too long to ask for */
export function stepsOf(event: KinesisStreamEvent, now: () => number = () => performance.now()): Steps {
  let inflate = 0;
  let sign = 0;
  const { gunzipSync } = zlib;
  const start = now();
  const records = batchProgress(event.Records);
  const base64 = now() - start;
  // Inflating is in the midst of writing: only so can it be timed where it really is.
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

/** Whole percentages of the parts, 100 together. */
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
