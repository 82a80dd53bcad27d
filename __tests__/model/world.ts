import type { KinesisStreamRecord } from "aws-lambda";
import { layoutsOfEnvironment } from "../../core/events/configured-layouts";
import { processedRecords } from "../../local/event-source-mapping/kinesis/response";
import { settings as mappingSettings } from "../local/event-source-mapping/kinesis/factories";
import { prepareForwarding } from "../support/forwarding";
import { ARRIVAL } from "../support/kinesis";
import { SEARCH_FAULTS, STORAGE_FAULTS } from "./faults";
import { generator } from "./generator";
import { type Fate, type History, INDEX_NAMES } from "./history";
import { TOXIC, troubledEngine } from "./index-troubles";
import { CRASHED, Invocation } from "./invocation";
import { Ledger } from "./ledger";
import { type MappingIo, type Poller, partitionsOf, processPartition } from "./mapping";
import { Outside } from "./outside";
import { RECORD_MAX_BYTES } from "./poison";
import { promise, promiseOfSilence, promisesAtTheEnd, promisesOf } from "./promises";
import { type Put, putRecords, REQUEST_MAX_BYTES } from "./records";
import { VirtualTime } from "./virtual-time";

/** One invocation: which records it was given, what it met, and what Lambda made of it. */
export interface Step {
  atMs: number;
  given: string[];
  fate: Fate["kind"];
  met: string[];
  functionError: boolean;
  payload: unknown;
  acknowledged: number;
}

/** Several times as many invocations as the longest history takes: its faults end, so a shard that needs more is blocked. */
const MAX_STEPS = 400;

/**
 * Lets `history` happen: its records are put, and the mapping invokes the forwarder until all are acknowledged.
 *
 * @throws Error at the step that breaks a promise; its message ends with the steps up to there
 */
export async function happen(history: History): Promise<Step[]> {
  const world = new World(history);
  try {
    await world.passBy();
    return world.steps;
  } catch (error) {
    const steps = world.steps.map((step) => JSON.stringify(step));
    throw new Error([(error as Error).message, ...steps].join("\n"), { cause: error });
  }
}

class World implements MappingIo {
  readonly steps: Step[] = [];
  readonly #time = new VirtualTime();
  readonly #random: () => number;
  readonly #puts: Put[];
  readonly #forwarding: ReturnType<typeof prepareForwarding>;
  readonly #search: Outside;
  readonly #storage: Outside;
  readonly #ledger: Ledger;
  readonly #fates: Fate[];
  #fails: (error: unknown) => void = () => {};

  constructor(private readonly history: History) {
    const { names, bulkMaxBytes, bulkRequests, invocations, random, records, search, storage } = history;
    this.#random = generator(random);
    this.#puts = putRecords(records);
    this.#fates = [...invocations];
    const indexLayouts = layoutsOfEnvironment(INDEX_NAMES[names]);
    this.#forwarding = prepareForwarding({
      ...{ indexLayouts, bulkMaxBytes, bulkRequests },
      archiveLayout: names === "shared" ? "stream" : "log-group",
      recordMaxBytes: RECORD_MAX_BYTES,
    });
    const { engine, bucket } = this.#forwarding;
    engine.maxBodyBytes = REQUEST_MAX_BYTES;
    const indexing = troubledEngine(engine, this.#puts);
    this.#search = new Outside("search", search, SEARCH_FAULTS, indexing, this.#time, this.#random);
    this.#storage = new Outside("S3", storage, STORAGE_FAULTS, bucket.send, this.#time, this.#random);
    this.#ledger = new Ledger(this.#puts, engine, bucket, indexLayouts);
  }

  async passBy(): Promise<void> {
    const { batchSize, windowSeconds, bisect, parallelizationFactor } = this.history;
    const settings = mappingSettings({
      batchSize,
      maximumBatchingWindowSeconds: windowSeconds,
      bisectBatchOnFunctionError: bisect,
    });
    const partitions = partitionsOf(this.#puts, parallelizationFactor);
    const acknowledged = Promise.all(
      partitions.map((partition) => processPartition(partition, settings, this, this.#time)),
    );
    const failed = new Promise<never>((_, reject) => {
      this.#fails = reject;
    });
    await this.#time.passUntil(Promise.race([acknowledged, failed]));
    promisesAtTheEnd(this.#puts, this.#ledger, this.#forwarding.engine);
  }

  readonly discard = async (): Promise<void> => this.#fails(new Error("the mapping has given up records"));

  readonly invoke = async (records: KinesisStreamRecord[], { partition, lose }: Poller) => {
    const fate = this.#fates.shift() ?? { kind: "none" };
    if (fate.kind === "throttled") throw new Error("throttled");
    const invocation = new Invocation(fate, this.#time);
    const returned = await this.#run(invocation, records);
    const result = fate.kind === "answer lost" ? CRASHED : returned;
    if (fate.kind === "poller lost") lose(fate.batchSize);
    const acknowledged = fate.kind === "poller lost" ? 0 : (processedRecords(result, records, true) ?? 0);
    const given = partition.puts.slice(partition.acknowledged, partition.acknowledged + records.length);
    const { met } = invocation;
    this.steps.push({
      atMs: this.#time.nowMs,
      given: given.map(({ name }) => name),
      fate: fate.kind,
      met,
      functionError: result.functionError !== undefined,
      payload: result.payload,
      acknowledged,
    });
    try {
      // In a long invocation a toxic event holds up nobody.
      const harmless = this.history.timeoutSeconds >= 120 ? [TOXIC] : [];
      const untroubled =
        met.every((one) => harmless.includes(one)) && fate.kind !== "answer lost" && fate.kind !== "poller lost";
      promisesOf(given, records, acknowledged, untroubled, this.#ledger);
      promise(this.steps.length <= MAX_STEPS, "no shard is blocked");
      promiseOfSilence([this.#forwarding.lines.splice(0), returned.payload]);
    } catch (error) {
      // The mapping would take it for a throttled invocation.
      this.#fails(error);
    }
    partition.acknowledged += acknowledged;
    return result;
  };

  #run(invocation: Invocation, records: KinesisStreamRecord[]) {
    const { io } = this.#forwarding;
    const { requestTimeoutMs, timeoutSeconds } = this.history;
    const late = () => this.#fails(new Error("promise broken: the function ends before its time-out"));
    const forwarding = {
      ...io,
      search: { ...io.search, send: this.#search.sendFor(invocation), requestTimeoutMs },
      archive: { ...io.archive, send: this.#storage.sendFor(invocation), requestTimeoutMs },
      random: this.#random,
      now: () => ARRIVAL + this.#time.nowMs,
    };
    return invocation.run({ Records: records }, forwarding, timeoutSeconds * 1000, late);
  }
}
