import type { KinesisStreamRecord } from "aws-lambda";
import { finishedRecords } from "../../local/event-source-mapping/response";
import { settings as mappingSettings } from "../local/event-source-mapping/factories";
import { prepareForwarding } from "../support/forwarding";
import { SEARCH_FAULTS, STORAGE_FAULTS } from "./faults";
import type { Fate, History } from "./history";
import { troubledEngine } from "./index-troubles";
import { CRASHED, Invocation } from "./invocation";
import { Ledger } from "./ledger";
import { lanesOf, type Poller, processLane } from "./mapping";
import { Outside } from "./outside";
import { RECORD_MAX_BYTES } from "./poison";
import { promisesAtTheEnd, promisesOf } from "./promises";
import { putRecords, REQUEST_MAX_BYTES } from "./records";
import { VirtualTime } from "./virtual-time";

/** One invocation: which records it was given, what it met, and what Lambda made of it. */
export interface Step {
  atMs: number;
  given: string[];
  fate: Fate["kind"];
  met: string[];
  functionError: boolean;
  acknowledged: number;
}

/**
 * Lets `history` happen: its records are put, and the mapping invokes the forwarder until all are acknowledged.
 *
 * @throws Error at the step that breaks a promise; its message ends with the steps up to there
 */
export async function happen(history: History): Promise<Step[]> {
  const steps: Step[] = [];
  try {
    await play(history, steps);
    return steps;
  } catch (error) {
    const lines = steps.map((step) => JSON.stringify(step));
    throw new Error([(error as Error).message, ...lines].join("\n"), { cause: error });
  }
}

async function play(history: History, steps: Step[]): Promise<void> {
  const time = new VirtualTime();
  const random = generator(history.random);
  const puts = putRecords(history.records);
  const { bulkMaxBytes, requestTimeoutMs } = history;
  const { engine, bucket, io } = prepareForwarding({ bulkMaxBytes, recordMaxBytes: RECORD_MAX_BYTES });
  engine.maxBodyBytes = REQUEST_MAX_BYTES;
  const ledger = new Ledger(puts, engine, bucket);
  const search = new Outside("search", history.search, SEARCH_FAULTS, troubledEngine(engine, puts), time, random);
  const storage = new Outside("S3", history.storage, STORAGE_FAULTS, bucket.send, time, random);
  const fates = [...history.invocations];
  let breaks: (error: unknown) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    breaks = reject;
  });

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
    const late = () => breaks(new Error("the function goes on until its time-out"));
    const returned = await invocation.run({ Records: records }, forwarding, history.timeoutSeconds * 1000, late);
    const result = fate.kind === "answer lost" ? CRASHED : returned;
    if (fate.kind === "poller lost") lose(fate.batchSize);
    const acknowledged = fate.kind === "poller lost" ? 0 : (finishedRecords(result, records, true) ?? 0);
    const given = lane.puts.slice(lane.acknowledged, lane.acknowledged + records.length);
    const { met } = invocation;
    const functionError = result.functionError !== undefined;
    const names = given.map(({ name }) => name);
    steps.push({ atMs: time.nowMs, given: names, fate: fate.kind, met, functionError, acknowledged });
    try {
      const untroubled = met.length === 0 && !["answer lost", "poller lost"].includes(fate.kind);
      promisesOf(given, records, acknowledged, untroubled, ledger);
    } catch (error) {
      breaks(error);
    }
    lane.acknowledged += acknowledged;
    return result;
  };
  const discard = async () => breaks(new Error("the mapping has given up records"));

  const settings = mappingSettings({
    batchSize: history.batchSize,
    batchingWindowSeconds: history.windowSeconds,
    bisectBatchOnFunctionError: history.bisect,
  });
  const lanes = lanesOf(puts, history.parallelizationFactor);
  const all = Promise.all(lanes.map((lane) => processLane(lane, settings, { invoke, discard }, time)));
  await time.passUntil(Promise.race([all, broken]));
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
