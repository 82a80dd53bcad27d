import fc from "fast-check";
import { ENVIRONMENT } from "../../../core/settings/environment";
import { parseVariables } from "../../../core/settings/parse-variables";
import { decodeRecord } from "../../../core/sources/kinesis/decode-record";
import { eventName, messageName } from "../../../soak/audit/names";
import { RecordLedger } from "../../../soak/record-ledger";
import { sharedStream } from "../../../soak/shared-stream";
import { type Draft, OWNER, type TrafficSource } from "../../../soak/traffic/draft";
import { Stranger } from "../../../soak/traffic/stranger";
import { Traffic } from "../../../soak/traffic/traffic";
import { Random } from "../../../tools/random";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const PLACE = { shardId: "shardId-000000000000", sequenceNumber: "7" };

const drafts = (seed: number, count = 40, sources?: readonly TrafficSource[]): Draft[] => {
  const traffic = new Traffic(new Random(seed), sources);
  return Array.from({ length: count }, () => traffic.next());
};

/** The forwarder's result for a draft. */
function decoded({ data }: Draft): Pick<Draft, "becomes" | "events"> {
  const record = { ...PLACE, data, account: OWNER, stream: "soak", region: "", arrival: Date.now(), isReplayed: false };
  const [result] = decodeRecord(record, { recordMaxBytes: 1024 * 1024, timeField: "" });
  if (result!.kind === "control") return { becomes: "nothing", events: [] };
  if (result!.kind === "undecodable") return { becomes: "dead letter", events: [] };
  const { owner, logGroup, logEvents } = result!.envelope;
  return {
    becomes: "events",
    events: logEvents.map(({ id, message }) => ({ id: eventName(owner, logGroup, id), message: messageName(message) })),
  };
}

function expectPredicted(some: readonly Draft[]): void {
  for (const draft of some) {
    const ledger = new RecordLedger("soak");
    ledger.put(draft, PLACE);
    const { becomes, events } = ledger.records[0]!;
    expect({ becomes, events }).toEqual(decoded(draft));
  }
}

describe("Traffic", () => {
  it("predicts the forwarder's result for each record of log groups that share a stream", () => {
    const { sources, environment = {} } = sharedStream();
    fc.assert(
      fc.property(seeds, (seed) => expectPredicted(drafts(seed, 40, sources))),
      { numRuns: 20 },
    );
    const some = drafts(1, 2_000, sources).filter(({ logGroup }) => logGroup !== undefined);
    const names = new Set(some.map(({ logGroup }) => logGroup));
    const ofAccounts = new Set(some.map(({ owner = OWNER, logGroup }) => `${owner} ${logGroup}`));
    expect([names.size, ofAccounts.size]).toEqual([160, 200]);
    expect(parseVariables({ LOG_GROUPS: ENVIRONMENT.LOG_GROUPS }, environment).LOG_GROUPS).toHaveLength(3);
  });

  it("predicts the forwarder's result for each record", () => {
    fc.assert(
      fc.property(seeds, (seed) => expectPredicted(drafts(seed))),
      { numRuns: 50 },
    );
  });

  it("predicts the forwarder's result for each record of a stranger", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const traffic = new Traffic(random);
        const stranger = new Stranger(random, traffic, 3);
        expectPredicted(Array.from({ length: 40 }, () => (random.chance(0.5) ? traffic.next() : stranger.next())));
      }),
      { numRuns: 20 },
    );
  });

  it("gives each event an id of its own", () => {
    const ids = drafts(1, 1_000).flatMap(({ events }) => events.flatMap(({ id }) => id ?? []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has records of all kinds, most of them CloudWatch Logs' own", () => {
    const kinds = drafts(1, 1_000).map(({ becomes, events }) => (events[0] && !events[0].id ? "application" : becomes));
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    for (const kind of ["application", "dead letter", "nothing"]) expect(count(kind)).toBeGreaterThan(10);
    expect(count("events")).toBeGreaterThan(800);
  });
});
