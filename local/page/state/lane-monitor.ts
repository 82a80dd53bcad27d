import { awsClients } from "../../aws/clients";
import { listSubscriptions, type Subscription } from "../../emulator/subscriptions";
import type { Session } from "../../start/session";
import type { PageLane } from "../shared/page-state";
import { appliedLanes } from "./applied-lanes";
import { appliedResources } from "./applied-resources";
import { ArchiveCounts } from "./archive-counts";
import { engineCounts } from "./engine-counts";
import { FunctionTallies, type FunctionTally } from "./function-tallies";
import { LagSamples, sampleQuantile } from "./lag-samples";
import { laneCounts } from "./lane-counts";
import { CountHistory } from "./lane-history";
import type { LaneShape } from "./lane-shape";

/** Follows the lanes of a pipeline: each `update` asks emulator, engine and bucket once. */
export class LaneMonitor {
  readonly #tallies = new FunctionTallies();
  readonly #lags = new LagSamples();
  readonly #histories = new Map<string, CountHistory>();
  #shapes: readonly LaneShape[] = [];
  #subscriptions: readonly Subscription[] = [];
  #indexed: ReadonlyMap<string, number> = new Map();
  #archive: ArchiveCounts | undefined;

  /** @param session which learns of what its functions do */
  constructor(private readonly session: Partial<Session>) {
    session.onFunctionLine = (name, line) => this.#tallies.add(name, line);
    session.onInvocation = (name, event) => this.#lags.invoked(name, event, Date.now());
  }

  async update(): Promise<void> {
    const { session } = this;
    const { pipeline, accessLogs, firehoseStacks = [] } = session;
    const stacks = [pipeline, accessLogs, ...firehoseStacks].filter((stack) => stack !== undefined);
    if (stacks.length === 0 || session.emulatorUrl === undefined) return;
    const resources = await Promise.all(stacks.map(({ directory }) => appliedResources(directory)));
    // What does not answer is asked again a second later: what was counted stays.
    this.#subscriptions = await listSubscriptions(session.emulatorUrl).then(
      ({ subscriptions }) => subscriptions,
      () => this.#subscriptions,
    );
    this.#shapes = resources.flatMap((some) => appliedLanes(some, this.#subscriptions));
    if (session.archive) {
      this.#archive ??= new ArchiveCounts(awsClients(session.emulatorUrl).s3, session.archive);
      await this.#archive.update().catch(() => {});
    }
    if (session.isSearchUp) await this.#search(session.searchEndpoint!);
  }

  async #search(endpoint: string): Promise<void> {
    const counted = await engineCounts(endpoint, this.#shapes, this.#lags.waiting);
    const now = Date.now();
    if (counted) {
      this.#indexed = counted.indexed;
      this.#lags.found(counted.found, now);
    }
    for (const shape of this.#shapes) {
      const history = this.#histories.get(shape.id) ?? new CountHistory();
      this.#histories.set(shape.id, history);
      const lags = this.#lags.lagsOf(shape.function?.name, now - 1_000);
      history.add({ atMs: now, indexed: counted?.indexed.get(shape.id), lagMs: sampleQuantile(lags, 0.95) });
    }
  }

  /** Of the functions that deliver from streams. */
  get functionTotals(): FunctionTally {
    return this.#tallies.sumOf(
      this.#shapes.filter(({ logGroups }) => logGroups.length > 0).map((one) => one.function?.name),
    );
  }

  get lanes(): PageLane[] {
    return this.#shapes.map((shape) => {
      const { logGroups: _, indexPattern: __, ...shown } = shape;
      const history = this.#histories.get(shape.id);
      const lags = this.#lags.lagsOf(shape.function?.name);
      const iteratorAgeMs = this.#lags.iteratorAgeOf(shape.function?.name, Date.now());
      return {
        ...shown,
        counts: laneCounts(shape, {
          subscriptions: this.#subscriptions,
          tally: this.#tallies.of(shape.function?.name),
          indexed: this.#indexed.get(shape.id),
          archived: this.#archive?.of(shape.logGroups),
        }),
        eventsPerSecond: history?.rate ?? 0,
        ...(lags.length > 0 && { lagMs: { p50: sampleQuantile(lags, 0.5)!, p95: sampleQuantile(lags, 0.95)! } }),
        ...(iteratorAgeMs !== undefined && { iteratorAgeMs }),
        history: history?.history ?? { at: [], indexedPerSecond: [], lagMs: [] },
      };
    });
  }
}
