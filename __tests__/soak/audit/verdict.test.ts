import type { Found } from "../../../soak/audit/found";
import { type AuditedRecord, isExactlyOnce, verdictOf } from "../../../soak/audit/verdict";

const shardId = "shardId-000000000000";
const [A, B, C] = ["a", "b", "c"].map((id) => ({ id, message: `message ${id}` })) as [Event, Event, Event];
type Event = { id: string; message: string };

const PUT: AuditedRecord[] = [
  { shardId, sequenceNumber: "1", becomes: "events", events: [A, B] },
  { shardId, sequenceNumber: "2", becomes: "nothing", events: [] },
  { shardId, sequenceNumber: "3", becomes: "dead letter", events: [], data: Buffer.from("poison") },
  { shardId, sequenceNumber: "4", becomes: "events", events: [C] },
];

const line = (...events: Event[]): readonly Event[] => events;

const FOUND: Found = {
  documents: ["c", "a", "b"],
  archiveObjects: 2,
  archived: [line(C), line(A, B)],
  rejected: [],
  deadLetters: new Map([[`${shardId}-3`, Buffer.from("poison")]]),
};

/** The verdict's rows for FOUND with `changes`, by what they count. */
function rows(changes: Partial<Found>) {
  const verdict = verdictOf(PUT, { ...FOUND, ...changes });
  const [events, records, poison] = verdict.rows;
  return { events, records, poison, examples: verdict.examples, exactlyOnce: isExactlyOnce(verdict) };
}

describe("verdictOf", () => {
  it("is exactly once when each event, each record and each piece of poison is where it belongs, once", () => {
    expect(rows({})).toEqual({
      events: { kind: "events in the index", put: 3, found: 3, rejected: 0, duplicated: 0, lost: 0 },
      records: { kind: "records in the archive", put: 2, found: 2, rejected: 0, duplicated: 0, lost: 0 },
      poison: { kind: "poison in dead-letter/", put: 1, found: 1, rejected: 0, duplicated: 0, lost: 0 },
      examples: [],
      exactlyOnce: true,
    });
  });

  it("is exactly once when an event is under rejected/ instead", () => {
    expect(rows({ documents: ["a", "b"], rejected: ["c"] })).toMatchObject({
      events: { found: 2, rejected: 1, duplicated: 0, lost: 0 },
      exactlyOnce: true,
    });
  });

  it("counts an event that was not found as lost", () => {
    expect(rows({ documents: ["a", "b"] })).toMatchObject({
      events: { found: 2, duplicated: 0, lost: 1 },
      examples: ["events in the index: lost: c"],
      exactlyOnce: false,
    });
  });

  it.each([
    ["in two indices", { documents: ["a", "b", "c", "c"] }],
    ["in the index and under rejected/", { rejected: ["c"] }],
  ])("counts an event that is %s as duplicated", (_, changes) => {
    expect(rows(changes)).toMatchObject({
      events: { duplicated: 1, lost: 0 },
      examples: ["events in the index: 2 of: c"],
      exactlyOnce: false,
    });
  });

  it("counts documents that nobody has put as duplicated", () => {
    const changes = { documents: ["a", "b", "c", "x", "x"] };
    expect(rows(changes)).toMatchObject({ events: { found: 3, duplicated: 2, lost: 0 }, exactlyOnce: false });
  });

  it.each([
    ["that is nowhere", [line(C)], { found: 1, lost: 1, duplicated: 0 }],
    ["that is in two objects", [line(C), line(A, B), line(C)], { found: 2, lost: 0, duplicated: 1 }],
    ["that lacks an event", [line(C), line(A)], { found: 1, lost: 1, duplicated: 1 }],
    ["whose text has changed", [line({ ...C, message: "C" }), line(A, B)], { found: 1, lost: 1, duplicated: 1 }],
  ])("sees a record %s in the archive", (_, archived, records) => {
    expect(rows({ archived })).toMatchObject({ records, exactlyOnce: false });
  });

  it.each([
    ["lost", new Map(), { found: 0, lost: 1, duplicated: 0 }],
    ["changed", new Map([[`${shardId}-3`, Buffer.from("poisoN")]]), { found: 0, lost: 1, duplicated: 1 }],
    ["under another name", new Map([[`${shardId}-2`, Buffer.from("poison")]]), { found: 0, lost: 1, duplicated: 1 }],
  ])("sees poison that is %s", (_, deadLetters, poison) => {
    expect(rows({ deadLetters })).toMatchObject({ poison, exactlyOnce: false });
  });
});
