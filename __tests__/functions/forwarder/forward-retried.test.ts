import fc from "fast-check";
import { forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { CONTROL_MESSAGE, envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";
import { QUEUE_FULL } from "../../support/search-engine";

describe("forward, retried by Lambda until all is acknowledged", () => {
  const group = fc.constantFrom("foo", "/aws/lambda/Bar");
  const record = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(group, fc.integer({ min: 0, max: 4 })) },
    { weight: 1, arbitrary: fc.constant(Buffer.from("\0junk")) },
    { weight: 1, arbitrary: fc.constant(CONTROL_MESSAGE) },
  );

  it("loses and duplicates nothing, in the index or in the archive, whatever fails on the way", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(60), fc.constantFrom("busy", "rejected", "slow", "archive")), { maxLength: 8 }),
        fc.integer({ min: 1, max: 2000 }),
        async (records, troubles, bulkMaxBytes) => {
          let events = 0;
          const data = records.map((one) => {
            if (!Array.isArray(one)) return one;
            const logEvents = Array.from({ length: one[1] }, () => logEvent(events++));
            return envelope(logEvents, { logGroup: one[0] });
          });
          const { engine, bucket, clock, io } = prepareForwarding({ bulkMaxBytes });
          const rejectedIds = new Set<string>();
          const trouble = new Map(troubles.map(([n, kind]) => [eventId(n), kind]));
          engine.reject = ({ id }) => {
            const kind = trouble.get(id);
            if (kind === "rejected") {
              rejectedIds.add(id);
              return { status: 400, error: { type: "no" } };
            }
            if (kind === "busy" && clock.remainingMs() < 25_000) trouble.delete(id);
            if (kind === "slow") clock.nowMs += 50_000;
            if (kind === "slow" || kind === "archive") trouble.delete(id);
            if (kind === "archive") bucket.answers.push({ status: 403, body: "" });
            return kind === "busy" ? QUEUE_FULL : undefined;
          };

          let open = kinesisEvent(...data).Records;
          for (let tries = 0; open.length > 0; tries++) {
            if (tries > 50) throw new Error("never ends");
            clock.nowMs = 0;
            const response = await forward({ Records: open }, io).catch(() => undefined);
            if (!response) continue;
            const [failure] = response.batchItemFailures;
            const first = open.findIndex(({ kinesis }) => kinesis.sequenceNumber === failure?.itemIdentifier);
            open = first < 0 ? [] : open.slice(first);
          }

          const all = Array.from({ length: events }, (_, n) => eventId(n));
          expect([...engine.ids(), ...rejectedIds].sort()).toEqual(all);
          const inArchive = bucket.lines("archive/").flatMap((line) => JSON.parse(line).logEvents);
          expect(inArchive.map(({ id }) => id).sort()).toEqual(all);
          const rejected = bucket.lines("rejected/").map((line) => JSON.parse(line).logEvents[0].id);
          expect(rejected.sort()).toEqual([...rejectedIds].sort());
          expect(bucket.keys("dead-letter/")).toHaveLength(data.filter(Buffer.isBuffer).length);
        },
      ),
      { numRuns: 300 },
    ));
});
