import { RecordLedger } from "../../soak/record-ledger";
import type { Draft } from "../../soak/traffic/draft";

const draft = (changes: Partial<Draft>): Draft => {
  return { partitionKey: "p", data: Buffer.from("data"), becomes: "events", events: [], ...changes };
};
const position = (sequenceNumber: string, shardId = "shardId-000000000000") => ({ shardId, sequenceNumber });

describe("RecordLedger", () => {
  it("keeps events under their own ids, or under their positions in the stream", () => {
    const ledger = new RecordLedger();
    ledger.put(draft({ events: [{ id: "1", message: "a" }] }), position("7"));
    ledger.put(draft({ events: [{ message: "b" }, { message: "c" }] }), position("8"));

    expect(ledger.records.map(({ events }) => events)).toEqual([
      [{ id: "1", message: "a" }],
      [
        { id: "shardId-000000000000:8:0", message: "b" },
        { id: "shardId-000000000000:8:1", message: "c" },
      ],
    ]);
    expect(ledger.events).toBe(3);
  });

  it("keeps the bytes of records that must be dead-lettered, and no others", () => {
    const ledger = new RecordLedger();
    for (const becomes of ["events", "dead letter", "nothing"] as const)
      ledger.put(draft({ becomes }), position(becomes));
    expect(ledger.records.map(({ data }) => data)).toEqual([undefined, Buffer.from("data"), undefined]);
  });

  it("is drained when each record is acknowledged, by shard and sequence number", () => {
    const ledger = new RecordLedger();
    const [one, other] = [position("7"), position("7", "shardId-000000000001")];
    for (const each of [one, other]) ledger.put(draft({}), each);
    expect(ledger.drained).toBe(false);

    ledger.acknowledge(one);
    ledger.acknowledge(one);
    expect(ledger).toMatchObject({ drained: false, acknowledged: 1, open: 1 });

    ledger.acknowledge(other);
    expect(ledger).toMatchObject({ drained: true, acknowledged: 2, open: 0 });
  });
});
