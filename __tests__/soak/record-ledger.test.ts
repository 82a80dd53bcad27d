import { RecordLedger } from "../../soak/record-ledger";
import type { Draft } from "../../soak/traffic/draft";

const draft = (changes: Partial<Draft>): Draft => {
  return { partitionKey: "p", data: Buffer.from("data"), becomes: "events", events: [], ...changes };
};
const position = (sequenceNumber: string, shardId = "shardId-000000000000") => ({ shardId, sequenceNumber });

describe("RecordLedger", () => {
  it("keeps events under their own ids, or under their positions in the stream", () => {
    const ledger = new RecordLedger("soak");
    ledger.put(draft({ logGroup: "orders", events: [{ id: "1", message: "a" }] }), position("7"));
    ledger.put(draft({ events: [{ message: "b" }, { message: "c" }] }), position("8"));

    expect(ledger.records.map(({ events }) => events)).toEqual([
      [{ id: "1 of 123456789012 orders", message: "a" }],
      [
        { id: "shardId-000000000000:8:0 of 123456789012 soak", message: "b" },
        { id: "shardId-000000000000:8:1 of 123456789012 soak", message: "c" },
      ],
    ]);
    expect(ledger.events).toBe(3);
  });

  it("keeps the bytes of records that must be dead-lettered, and no others", () => {
    const ledger = new RecordLedger("soak");
    for (const becomes of ["events", "dead letter", "nothing"] as const)
      ledger.put(draft({ becomes }), position(becomes));
    expect(ledger.records.map(({ data }) => data)).toEqual([undefined, Buffer.from("data"), undefined]);
  });

  it("is drained when each record is acknowledged, by shard and sequence number", () => {
    const ledger = new RecordLedger("soak");
    const [one, other] = [position("7"), position("7", "shardId-000000000001")];
    for (const each of [one, other]) ledger.put(draft({}), each);
    expect(ledger.drained).toBe(false);

    ledger.acknowledge(one);
    ledger.acknowledge(one);
    expect(ledger).toMatchObject({ drained: false, acknowledged: 1, open: 1 });

    ledger.acknowledge(other);
    expect(ledger).toMatchObject({ drained: true, acknowledged: 2, open: 0 });
  });

  it("measures how long the others wait in each shard, and for how long those have waited that still do", () => {
    let nowMs = 0;
    const ledger = new RecordLedger("soak", () => nowMs);
    ledger.put(draft({}), position("1"));
    ledger.put(draft({ isHostile: true }), position("2"));
    ledger.put(draft({}), position("1", "shardId-000000000001"));
    nowMs = 40;
    ledger.acknowledge(position("1"));
    nowMs = 100;
    ledger.acknowledge(position("1"));

    expect(ledger.waits).toEqual([
      { shardId: "shardId-000000000000", records: 2, hostile: 1, longestMs: 40 },
      { shardId: "shardId-000000000001", records: 1, hostile: 0, longestMs: 100 },
    ]);
  });
});
