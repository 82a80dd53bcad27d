import fc from "fast-check";
import { completed, isCompleted } from "../../../core/events/complete";
import type { ReceivedEnvelope } from "../../../core/events/envelope";
import { ARRIVAL, envelope, eventId, logEvent } from "../../support/kinesis";

const ORIGIN = {
  ...{ shardId: "shard", sequenceNumber: "7", region: "eu-central-1", arrival: ARRIVAL },
  isReplayed: false,
};
const REPLAYED = { ...ORIGIN, isReplayed: true };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What becomes of the id and the time of the only event of a record. */
function completedOne(id: unknown, timestamp: unknown, origin = ORIGIN) {
  const { id: ownId, timestamp: time } = completed(
    { ...envelope([]), logEvents: [{ id, timestamp, message: "x" }] },
    origin,
  ).logEvents[0]!;
  return { id: ownId, timestamp: time };
}

const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, -1, 1.5, 1e300, eventId(1), ARRIVAL, "1795230000000"));
const events = fc.array(fc.record({ id: odd, timestamp: odd, message: fc.string() }));
const received = events.map((logEvents): ReceivedEnvelope => ({ ...envelope([]), logEvents }));

describe("completed", () => {
  it("leaves an envelope alone whose events have ids and times of CloudWatch Logs", () => {
    const whole = envelope([logEvent(1), logEvent(2)]);
    expect(completed(whole, ORIGIN)).toBe(whole);
  });

  it.each([
    ...["", "7", eventId(1).slice(1), `${eventId(1)}0`, `${eventId(1)}\n`, eventId(1).replace("0", "\u0660")],
    ...["9b2f1c1e-4f1a-4b7e-8c3d-0123456789ab", "shard:7:1", 7, null, undefined, {}],
  ])("gives an event with the id %j, which is not CloudWatch's, its place in the stream as id", (id) => {
    expect(completedOne(id, ARRIVAL)).toEqual({ id: "shard:7:0", timestamp: ARRIVAL });
  });

  it("counts the places through all envelopes of a record", () => {
    const { logEvents } = completed(envelope([logEvent(1), { ...logEvent(2), id: "" }]), ORIGIN, 5);
    expect(logEvents.map(({ id }) => id)).toEqual([eventId(1), "shard:7:6"]);
  });

  it("keeps times from 15 days before the arrival, 14 and a day of repeated deliveries, to 2 hours after it", () => {
    for (const time of [ARRIVAL - 15 * DAY_MS, ARRIVAL, ARRIVAL + 2 * HOUR_MS])
      expect(completedOne(eventId(1), time)).toEqual({ id: eventId(1), timestamp: time });
  });

  it.each([
    ...[ARRIVAL - 15 * DAY_MS - 1, ARRIVAL + 2 * HOUR_MS + 1, 0, -1, ARRIVAL + 0.5, 1e300],
    ...[String(ARRIVAL), null, undefined, {}],
  ])("gives an event with the time %j, which cannot arrive then, its record's arrival", (time) => {
    expect(completedOne(eventId(1), time)).toEqual({ id: eventId(1), timestamp: ARRIVAL });
  });

  it("compares no time of a replayed record, and keeps ids of any origin", () => {
    const replayed = envelope([
      logEvent(1, "x", 0),
      { ...logEvent(2), id: "shard:6:0", timestamp: 253_402_300_799_999 },
    ]);
    expect(completed(replayed, REPLAYED)).toBe(replayed);
  });

  it("returns events with ids and times of documents, whatever is received, and the same in a replay", () => {
    fc.assert(
      fc.property(received, fc.boolean(), (given, isReplayed) => {
        const result = completed(given, { ...ORIGIN, isReplayed });
        expect(isCompleted(result)).toBe(true);
        expect(result.logEvents.map(({ message }) => message)).toEqual(given.logEvents.map(({ message }) => message));
        expect(completed(result, { ...REPLAYED, arrival: ARRIVAL + 30 * DAY_MS, sequenceNumber: "8" })).toBe(result);
      }),
    );
  });
});
