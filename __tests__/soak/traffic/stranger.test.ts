import { partitionOf } from "../../../local/event-source-mapping/kinesis/partitions";
import { HOSTILE_MESSAGES } from "../../../soak/traffic/hostile-messages";
import { Stranger, shardOf } from "../../../soak/traffic/stranger";
import { Traffic } from "../../../soak/traffic/traffic";
import { Random } from "../../../tools/random";

const random = new Random(1);
const drafts = Array.from({ length: 300 }, () => new Stranger(random, new Traffic(random), 3).next());

describe("the stranger", () => {
  it("writes into every shard but the last, into both partitions of each", () => {
    const places = drafts.map(({ partitionKey }) => `${shardOf(partitionKey, 3)}/${partitionOf(partitionKey, 2)}`);
    expect([...new Set(places)].sort()).toEqual(["0/0", "0/1", "1/0", "1/1"]);
    expect(drafts.every(({ isHostile }) => isHostile)).toBe(true);
  });

  it("writes records that Kinesis takes", () => {
    for (const { data } of drafts) expect(data.length).toBeLessThan(1024 * 1024);
  });

  it("has messages that fit into an event of CloudWatch Logs", () => {
    for (const make of Object.values(HOSTILE_MESSAGES)) {
      expect(Buffer.byteLength(make(123_456, random))).toBeLessThan(1024 * 1024);
    }
  });
});
