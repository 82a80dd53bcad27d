import { Ledger } from "../../soak/ledger";
import type { Draft } from "../../soak/traffic/draft";

const draft = (changes: Partial<Draft>): Draft => {
  return { partitionKey: "p", data: Buffer.from("data"), becomes: "events", events: [], ...changes };
};
const place = (sequenceNumber: string, shardId = "shardId-000000000000") => ({ shardId, sequenceNumber });

describe("Ledger", () => {
  it("remembers events under their own ids, or under those of their place in the stream", () => {
    const ledger = new Ledger();
    ledger.put(draft({ events: [{ id: "1", message: "a" }] }), place("7"));
    ledger.put(draft({ events: [{ message: "b" }, { message: "c" }] }), place("8"));

    expect(ledger.records.map(({ events }) => events)).toEqual([
      [{ id: "1", message: "a" }],
      [
        { id: "shardId-000000000000:8:0", message: "b" },
        { id: "shardId-000000000000:8:1", message: "c" },
      ],
    ]);
    expect(ledger.events).toBe(3);
  });

  it("keeps the bytes of what must be set aside, and no others", () => {
    const ledger = new Ledger();
    for (const becomes of ["events", "dead letter", "nothing"] as const) ledger.put(draft({ becomes }), place(becomes));
    expect(ledger.records.map(({ data }) => data)).toEqual([undefined, Buffer.from("data"), undefined]);
  });

  it("is drained when each record is acknowledged, told by shard and sequence number", () => {
    const ledger = new Ledger();
    const [one, other] = [place("7"), place("7", "shardId-000000000001")];
    for (const where of [one, other]) ledger.put(draft({}), where);
    expect(ledger.drained).toBe(false);

    ledger.acknowledge(one);
    ledger.acknowledge(one);
    expect(ledger).toMatchObject({ drained: false, acknowledged: 1, open: 1 });

    ledger.acknowledge(other);
    expect(ledger).toMatchObject({ drained: true, acknowledged: 2, open: 0 });
  });
});
