import { awsClients } from "../../aws/clients";
import { listSubscriptions, type Subscription, subscribedLogGroups } from "../../emulator/subscriptions";
import type { Session } from "../../start/session";
import type { LaneCounts, PageLane } from "../shared/page-state";
import type { PutTarget } from "../shared/put";
import { appliedLanes } from "./applied-lanes";
import { type AppliedStack, appliedStack } from "./applied-resources";
import { ArchiveCounts } from "./archive-counts";
import { AuditProcess } from "./audits/audit-process";
import { auditDirectory, auditTargets } from "./audits/audit-targets";
import { LaneAudits } from "./audits/lane-audits";
import { type EngineCounts, engineCounts } from "./engine-counts";
import { FirehoseLines } from "./firehose-lines";
import { FunctionTallies } from "./function-tallies";
import { LagSamples, sampleQuantile } from "./lag-samples";
import { laneCounts } from "./lane-counts";
import { CountHistory } from "./lane-history";
import type { LaneShape } from "./lane-shape";
import type { StreamTallies } from "./monthly-cost";
import { spanOf, type TimeSpan } from "./time-span";

/** Follows the lanes of a pipeline: each `update` asks emulator, engine and bucket once. */
export class LaneMonitor {
  readonly #tallies = new FunctionTallies();
  readonly #lags = new LagSamples();
  readonly #histories = new Map<string, CountHistory>();
  #stacks: readonly AppliedStack[] = [];
  #shapes: readonly LaneShape[] = [];
  #subscriptions: readonly Subscription[] = [];
  #counted: Pick<EngineCounts, "indexed" | "times"> = { indexed: new Map(), times: new Map() };
  /** Also of documents that are deleted. */
  readonly #times = new Map<string, TimeSpan>();
  #archive: ArchiveCounts | undefined;
  /** Of the last answer of the engine. */
  #updatedMs = 0;
  /** Of Firehose, by lane. */
  readonly #objects = new Map<string, FirehoseLines>();
  #process: AuditProcess | undefined;
  readonly #audits = new LaneAudits((args) => this.#process!.run(args), Date.now);

  /** @param session which learns of what its functions do */
  constructor(private readonly session: Partial<Session>) {
    session.onFunctionLine = (name, line) => this.#tallies.add(name, line);
    session.onInvocation = (event) => this.#lags.invoked(event, Date.now());
    session.onDelivered = (delivered) => this.#lags.delivered(delivered, Date.now());
  }

  async update(): Promise<void> {
    const { session } = this;
    const { pipeline, accessLogs, firehoseStacks = [] } = session;
    const stacks = [pipeline, accessLogs, ...firehoseStacks].filter((stack) => stack !== undefined);
    if (stacks.length === 0 || session.emulatorUrl === undefined) return;
    this.#stacks = await Promise.all(stacks.map(({ directory }) => appliedStack(directory)));
    // What does not answer is asked again a second later: what was counted stays.
    this.#subscriptions = await listSubscriptions(session.emulatorUrl).then(
      ({ subscriptions }) => subscriptions,
      () => this.#subscriptions,
    );
    this.#shapes = this.#stacks.flatMap(({ resources }) => appliedLanes(resources, this.#subscriptions));
    if (session.archive) {
      this.#archive ??= new ArchiveCounts(awsClients(session.emulatorUrl).s3, session.archive);
      await this.#archive.update().catch(() => {});
    }
    for (const { id, objects } of this.#shapes) {
      if (!objects) continue;
      const lines = this.#objects.get(id) ?? new FirehoseLines(awsClients(session.emulatorUrl).s3, objects);
      this.#objects.set(id, lines);
      await lines.update().catch(() => {});
    }
    const isCounted = session.isSearchUp === true && (await this.#search(session.searchEndpoint!));
    this.#audit(isCounted && session.report !== undefined);
  }

  /** @returns whether the engine has answered */
  async #search(endpoint: string): Promise<boolean> {
    const counted = await engineCounts(endpoint, this.#shapes, this.#lags.waiting);
    const now = Date.now();
    if (counted) {
      this.#counted = counted;
      for (const [id, times] of counted.times) this.#times.set(id, spanOf(this.#times.get(id), times)!);
      this.#lags.found(counted.found, now);
    }
    for (const shape of this.#shapes) {
      const history = this.#histories.get(shape.id) ?? new CountHistory();
      this.#histories.set(shape.id, history);
      const lags = this.#lags.lagsOf(shape.id, this.#updatedMs);
      // A lane without an index is over when its objects are there.
      const delivered = shape.indexPattern === undefined ? this.#objects.get(shape.id)?.count : undefined;
      history.add({
        atMs: now,
        indexed: delivered ?? counted?.indexed.get(shape.id),
        lagMs: sampleQuantile(lags, 0.95),
      });
    }
    this.#updatedMs = now;
    return counted !== undefined;
  }

  #audit(isReady: boolean): void {
    const { session } = this;
    const { directory, searchEndpoint, emulatorUrl, archive } = session;
    if (directory === undefined || searchEndpoint === undefined || emulatorUrl === undefined) return;
    this.#process ??= new AuditProcess({ directory: auditDirectory(directory), emulatorUrl });
    const targets = auditTargets({
      session: { directory, searchEndpoint, ...(archive && { archive }) },
      ...{ stacks: this.#stacks, lanes: this.#shapes },
      timesOf: ({ id, archivedAs }) => spanOf(this.#times.get(id), this.#archive?.timesOf(archivedAs)),
    });
    // A document that is gone and one that has come are as many as before.
    const counts = new Map(
      this.#shapes.map((shape) => [shape.id, [this.#countsOf(shape), this.#counted.times.get(shape.id)?.sumMs]]),
    );
    // The page shows how it ends.
    void this.#audits.update(targets, counts, isReady);
  }

  /** Where lines can be put. */
  get putTargets(): PutTarget[] {
    const logGroups = subscribedLogGroups(this.#subscriptions);
    const logs = this.#shapes.filter(({ kind, isAlive }) => kind === "access logs" && isAlive);
    const buckets = new Set(logs.flatMap(({ sources }) => sources.map(({ name }) => name)));
    return [
      ...logGroups.map((name): PutTarget => ({ kind: "log group", name })),
      ...[...buckets].map((name): PutTarget => ({ kind: "access logs", name })),
    ];
  }

  /** Of the functions that deliver from streams. */
  get streamTallies(): StreamTallies {
    const ofStreams = this.#shapes.filter(({ kind }) => kind === "log groups" || kind === "application");
    return new Map(ofStreams.map(({ stream, function: one }) => [stream.address!, this.#tallies.of(one?.name)]));
  }

  get lanes(): PageLane[] {
    return this.#shapes.map((shape) => {
      const { logGroups: _, archivedAs: __, documentsHave: ___, indexPattern: ____, objects: _____, ...shown } = shape;
      const history = this.#histories.get(shape.id);
      const lags = this.#lags.lagsOf(shape.id);
      const iteratorAgeMs = this.#lags.iteratorAgeOf(shape.id, Date.now());
      const audit = this.#audits.of(shape.id);
      return {
        ...shown,
        counts: this.#countsOf(shape),
        ...(audit && { audit }),
        eventsPerSecond: history?.rate ?? 0,
        ...(lags.length > 0 && { lagMs: { p50: sampleQuantile(lags, 0.5)!, p95: sampleQuantile(lags, 0.95)! } }),
        ...(iteratorAgeMs !== undefined && { iteratorAgeMs }),
        history: history?.history ?? {},
      };
    });
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  #archivedOf({ archivedAs }: LaneShape): number | undefined {
    return archivedAs.length === 0 ? undefined : this.#archive?.of(archivedAs);
  }

  #countsOf(shape: LaneShape): LaneCounts {
    return laneCounts(shape, {
      subscriptions: this.#subscriptions,
      tally: this.#tallies.of(shape.function?.name),
      indexed: this.#counted.indexed.get(shape.id),
      archived: shape.objects ? this.#objects.get(shape.id)?.count : this.#archivedOf(shape),
    });
  }
}
