import fc from "fast-check";
import { WRAPPERS } from "../support/wrapped";
import { SEARCH_FAULTS, STORAGE_FAULTS } from "./faults";
import {
  type EventSpec,
  type Fate,
  type History,
  INDEX_NAMES,
  type RecordSpec,
  TOXIC_ENDS,
  TRANSIENT_ERRORS,
  type Trouble,
  WORDS,
} from "./history";
import { POISONS } from "./poison";

const keysOf = <T extends object>(value: T) => Object.keys(value) as (keyof T)[];
const integer = (min: number, max: number) => fc.integer({ min, max });
const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  weighted(20, fc.constant({ kind: "none" as const })),
  weighted(
    5,
    fc.record({
      kind: fc.constant("transient" as const),
      error: fc.constantFrom(...keysOf(TRANSIENT_ERRORS)),
      times: fc.oneof(integer(1, 3), integer(8, 20)),
    }),
  ),
  weighted(2, fc.record({ kind: fc.constant("conflict" as const), from: integer(0, 2) })),
  weighted(2, fc.record({ kind: fc.constant("race" as const), at: integer(0, 2) })),
  weighted(
    2,
    // A circuit breaker that opens by each form of an event needs a longer invocation than the shortest one here.
    fc
      .record({
        kind: fc.constant("toxic" as const),
        asTextToo: fc.boolean(),
        end: fc.constantFrom(...keysOf(TOXIC_ENDS)),
      })
      .filter(({ asTextToo, end }) => !asTextToo || end !== "circuit breaks"),
  ),
  weighted(5, fc.record({ kind: fc.constantFrom("rejected" as const, "oversized" as const, "unreadable" as const) })),
);

const event: fc.Arbitrary<EventSpec> = fc.record({
  form: fc.constantFrom("text" as const, "json" as const),
  words: fc.constantFrom(...WORDS),
  day: fc.oneof(weighted(6, fc.constantFrom(0 as const, 1 as const)), weighted(1, fc.constant("none" as const))),
  ownId: fc.oneof(weighted(6, fc.constant(true)), weighted(1, fc.constant(false))),
  trouble,
});

const events = (minLength: number, maxLength = 4) => fc.array(event, { minLength, maxLength });

/** Mostly 0: long batches of one log group are where an acknowledged prefix can go wrong. */
const mostlyNone = (max: number) => fc.oneof(weighted(4, fc.constant(0)), weighted(1, integer(0, max)));

const RELAYS = keysOf(WRAPPERS);

const place = {
  shard: mostlyNone(1),
  key: integer(0, 3),
  gapMs: fc.constantFrom(0, 0, 0, 1, 900, 7_000, 3_600_000),
};

const record: fc.Arbitrary<RecordSpec> = fc.oneof(
  weighted(
    7,
    fc.record({
      ...place,
      kind: fc.constant("envelope" as const),
      group: mostlyNone(2),
      relay: fc.oneof(weighted(9, fc.constant("none" as const)), weighted(2, fc.constantFrom(...RELAYS))),
      events: events(0),
    }),
  ),
  weighted(
    2,
    fc.record({
      ...place,
      kind: fc.constant("application" as const),
      shape: fc.constantFrom("object" as const, "lines" as const, "gzipped lines" as const),
      events: events(1),
    }),
  ),
  weighted(1, fc.record({ ...place, kind: fc.constant("again" as const), of: fc.nat(9) })),
  weighted(1, fc.record({ ...place, kind: fc.constant("control" as const) })),
  weighted(2, fc.record({ ...place, kind: fc.constant("poison" as const), how: fc.constantFrom(...keysOf(POISONS)) })),
);

const runs = (names: string[]) =>
  fc.array(
    fc.record({
      fault: fc.oneof(weighted(1, fc.constant("none")), weighted(3, fc.constantFrom(...names))),
      times: fc.oneof(integer(1, 3), integer(5, 20)),
    }),
    { maxLength: 6 },
  );

/** Most often between delivery's deadline and the end of one of the time-outs. */
const stall = fc.oneof(integer(7_000, 9_500), integer(89_000, 119_000), fc.nat(900_000));

const fate: fc.Arbitrary<Fate> = fc.oneof(
  weighted(3, fc.constant({ kind: "none" as const })),
  weighted(1, fc.record({ kind: fc.constantFrom("throttled" as const, "answer lost" as const, "refused" as const) })),
  weighted(4, fc.record({ kind: fc.constant("killed" as const), call: integer(1, 12), sent: fc.boolean() })),
  weighted(1, fc.record({ kind: fc.constant("stopped" as const), afterMs: fc.oneof(integer(0, 300), fc.nat(60_000)) })),
  weighted(2, fc.record({ kind: fc.constant("stalled" as const), call: integer(1, 6), forMs: stall })),
  weighted(3, fc.record({ kind: fc.constant("poller lost" as const), batchSize: integer(1, 8) })),
);

export const histories: fc.Arbitrary<History> = fc.record({
  parallelizationFactor: fc.oneof(fc.constant(1), integer(2, 4)),
  batchSize: integer(1, 8),
  windowSeconds: fc.constantFrom(0, 1, 300),
  bisect: fc.boolean(),
  timeoutSeconds: fc.constantFrom(10, 120, 900),
  requestTimeoutMs: fc.constantFrom(1_000, 30_000, 300_000),
  names: fc.constantFrom(...keysOf(INDEX_NAMES)),
  bulkMaxBytes: fc.constantFrom(1, 800, 3_000, 20_000),
  bulkRequests: integer(1, 4),
  records: fc.array(record, { minLength: 1, maxLength: 14 }),
  search: runs(Object.keys(SEARCH_FAULTS)),
  storage: runs(Object.keys(STORAGE_FAULTS)),
  invocations: fc.array(fate, { maxLength: 8 }),
  random: fc.nat(),
});
