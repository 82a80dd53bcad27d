import type { KinesisStreamRecord } from "aws-lambda";
import { finishedRecords } from "../../local/event-source-mapping/response";
import { settings as mappingSettings } from "../local/event-source-mapping/factories";
import { prepareForwarding } from "../support/forwarding";
import { SEARCH_FAULTS, STORAGE_FAULTS } from "./faults";
import type { History } from "./history";
import { troubledEngine } from "./index-troubles";
import { CRASHED, Invocation } from "./invocation";
import { Ledger } from "./ledger";
import { lanesOf, type Poller, processLane } from "./mapping";
import { Outside } from "./outside";
import { RECORD_MAX_BYTES } from "./poison";
import { promisesAtTheEnd, promisesOf } from "./promises";
import { putRecords, REQUEST_MAX_BYTES } from "./records";
import { VirtualTime } from "./virtual-time";

/**
 * Lets `history` happen: its records are put, and the mapping invokes the forwarder until all are acknowledged.
 *
 * @returns one line for each invocation: what it was given, what it met, how it ended
 * @throws Error when a promise is broken, at the step that breaks it; its message ends with those lines
 */
export async function happen(history: History): Promise<string[]> {
  const journal: string[] = [];
  try {
    await play(history, journal);
    return journal;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${journal.join("\n")}`, { cause: error });
  }
}

async function play(history: History, journal: string[]): Promise<void> {
  const time = new VirtualTime();
  const random = generator(history.random);
  const puts = putRecords(history.records);
  const { bulkMaxBytes, requestTimeoutMs } = history;
  const { engine, bucket, io } = prepareForwarding({ bulkMaxBytes, recordMaxBytes: RECORD_MAX_BYTES });
  engine.maxBodyBytes = REQUEST_MAX_BYTES;
  const ledger = new Ledger(puts, engine, bucket);
  const search = new Outside(history.search, SEARCH_FAULTS, troubledEngine(engine, puts), time, random);
  const storage = new Outside(history.storage, STORAGE_FAULTS, bucket.send, time, random);
  const fates = [...history.invocations];
  let broken: (error: unknown) => void = () => {};

  const invoke = async (records: KinesisStreamRecord[], { lane, lose }: Poller) => {
    const fate = fates.shift() ?? { kind: "none" };
    if (fate.kind === "throttled") throw new Error("throttled");
    const invocation = new Invocation(fate, time);
    const forwarding = {
      ...io,
      search: { ...io.search, send: search.sendFor(invocation), requestTimeoutMs },
      archive: { ...io.archive, send: storage.sendFor(invocation), requestTimeoutMs },
      random,
    };
    const late = () => broken(new Error("the function goes on until its time-out"));
    const returned = await invocation.run({ Records: records }, forwarding, history.timeoutSeconds * 1000, late);
    const result = fate.kind === "answer lost" ? CRASHED : returned;
    const finished = fate.kind === "poller lost" ? 0 : (finishedRecords(result, records, true) ?? 0);
    if (fate.kind === "poller lost") lose(fate.batchSize);
    const given = lane.puts.slice(lane.acknowledged, lane.acknowledged + records.length);
    journal.push(
      `${time.nowMs} ms: ${given.map(({ name }) => name)} ${fate.kind} [${[...new Set(invocation.met)]}] ${finished}` +
        ` acknowledged ${JSON.stringify(result.payload)}`,
    );
    try {
      const untroubled = ["none", "killed", "stopped"].includes(fate.kind) && invocation.met.length === 0;
      promisesOf(given, records, finished, untroubled, ledger);
    } catch (error) {
      broken(error);
    }
    lane.acknowledged += finished;
    return result;
  };
  const discard = async () => broken(new Error("the mapping has given up records"));

  const settings = mappingSettings({
    batchSize: history.batchSize,
    batchingWindowSeconds: history.windowSeconds,
    bisectBatchOnFunctionError: history.bisect,
  });
  const lanes = lanesOf(puts, history.parallelizationFactor);
  const all = Promise.all(lanes.map((lane) => processLane(lane, settings, { invoke, discard }, time)));
  const promises = new Promise<never>((_, reject) => {
    broken = reject;
  });
  await time.passUntil(Promise.race([all, promises]));
  promisesAtTheEnd(puts, ledger, engine);
}

/** Numbers in [0, 1): a linear congruential generator. Source: Knuth, "MMIX". */
function generator(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return Number(state >> 11n) / 2 ** 53;
  };
}
