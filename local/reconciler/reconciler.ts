import { isDeepStrictEqual } from "node:util";
import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { oneLine } from "../../tools/text/one-line";
import type { EventSourceMapping, MappingOptions } from "../event-source-mapping/mapping";
import { type MappingSettings, mappingSettings, sourceArnOf } from "../event-source-mapping/settings";
import type { AppliedFunction } from "../lambda/applied-function";
import type { AppliedState } from "./applied-state";
import { functionChanges, mappingChanges } from "./changes";
import { DeliveredGroups } from "./delivered-groups";
import { Problems } from "./problems";

export interface ReconcilerIo {
  readonly state: AppliedState;
  /** @param names the function's name in lines for people, evaluated for each line */
  createFunction(name: string, names: () => string): AppliedFunction;
  startMapping(options: Pick<MappingOptions, "settings" | "roleArn" | "invoke">): Promise<EventSourceMapping>;
  /** Called with a line for each change, safe for a terminal. */
  say(line: string): void;
}

interface Running {
  settings: MappingSettings;
  readonly mapping: EventSourceMapping;
}

/** Runs the event source mappings and functions that exist; each `reconcile` applies changes to them. */
export class Reconciler {
  /** By ARN. */
  readonly #functions = new Map<string, AppliedFunction>();
  /** By UUID. */
  readonly #mappings = new Map<string, Running>();
  /** Removed mappings, with their functions, until their invocations in flight have ended. */
  readonly #ending = new Map<Promise<void>, readonly AppliedFunction[]>();
  readonly #problems: Problems;
  readonly #groups: DeliveredGroups;

  constructor(private readonly io: ReconcilerIo) {
    this.#problems = new Problems((line) => this.#say(line));
    this.#groups = new DeliveredGroups((line) => this.#say(line));
  }

  /**
   * Starts new mappings and functions, updates changed ones, ends removed ones. A problem with one is reported and does not
   * affect the others.
   *
   * @throws Error when the lists cannot be read
   */
  async reconcile(): Promise<void> {
    const { state } = this.io;
    const [mappings, subscriptions] = await Promise.all([state.mappings(), state.subscriptions()]);
    this.#endRemoved(mappings);
    this.#groups.subscriptions = subscriptions;
    const functionArns = new Set(mappings.map(({ FunctionArn }) => FunctionArn!));
    await Promise.all([...functionArns].map((arn) => this.#applyFunction(arn, mappings)));
    await Promise.all(mappings.map((mapping) => this.#applyMapping(mapping)));
    this.#groups.report([...this.#mappings.values()].map(({ settings }) => settings));
  }

  /** Kills all functions; the results of invocations in flight are dropped. */
  async stop(): Promise<void> {
    const mappings = [...this.#mappings.values()].map(({ mapping }) => mapping.stop());
    const functions = [...this.#functions.values(), ...[...this.#ending.values()].flat()];
    await Promise.all(functions.map((one) => one.stop()));
    await Promise.all([...mappings, ...this.#ending.keys()]);
  }

  async #applyFunction(arn: string, mappings: readonly EventSourceMappingConfiguration[]): Promise<void> {
    const { state } = this.io;
    const names = () =>
      this.#groups.namesOf(
        mappings.filter(({ FunctionArn }) => FunctionArn === arn).map((one) => one.EventSourceArn ?? ""),
      );
    const currentNames = () => this.#groups.namesOf(this.#running(arn).map(({ settings }) => sourceArnOf(settings)));
    const known = this.#functions.get(arn);
    await this.#problems.watch(`function ${arn}`, names, known?.configuration !== undefined, async () => {
      const configuration = await state.configuration(arn);
      const applied = known ?? this.io.createFunction(configuration.name, currentNames);
      this.#functions.set(arn, applied);
      const before = applied.configuration;
      await applied.apply(configuration, () => state.code(arn, configuration.codeSha256));
      const changes = before ? functionChanges(before, configuration) : [];
      if (changes.length === 0) return;
      this.#say(`${names()}: ${changes.join(", ")}`);
      // Pending retries may succeed now.
      for (const { settings, mapping } of this.#running(arn)) mapping.update(settings);
    });
  }

  async #applyMapping(configuration: EventSourceMappingConfiguration): Promise<void> {
    const uuid = configuration.UUID!;
    const names = () => this.#groups.namesOf([configuration.EventSourceArn ?? ""]);
    const running = this.#mappings.get(uuid);
    await this.#problems.watch(`mapping ${uuid}`, names, running !== undefined, async () => {
      const settings = mappingSettings(configuration);
      if (!running) {
        this.#mappings.set(uuid, await this.#start(settings));
      } else if (!isDeepStrictEqual(settings, running.settings)) {
        const changes = mappingChanges(running.settings, settings);
        running.settings = settings;
        running.mapping.update(settings);
        if (changes.length > 0) this.#say(`${names()}: ${changes.join(", ")}`);
      }
    });
  }

  async #start(first: MappingSettings): Promise<Running> {
    let running: Running | undefined;
    const currentFunction = () => this.#functions.get((running?.settings ?? first).functionArn);
    const mapping = await this.io.startMapping({
      settings: first,
      get roleArn() {
        return currentFunction()?.configuration?.roleArn ?? "";
      },
      async invoke(event) {
        const current = currentFunction();
        if (!current) throw new Error("the function does not exist");
        return current.invoke(event);
      },
    });
    running = { settings: first, mapping };
    return running;
  }

  #endRemoved(mappings: readonly EventSourceMappingConfiguration[]): void {
    const uuids = new Set(mappings.map(({ UUID }) => UUID!));
    const removed = [...this.#mappings].filter(([uuid]) => !uuids.has(uuid));
    for (const [uuid] of removed) this.#mappings.delete(uuid);
    const functionArns = new Set(mappings.map(({ FunctionArn }) => FunctionArn!));
    const unused = [...this.#functions].filter(([arn]) => !functionArns.has(arn));
    for (const [arn] of unused) this.#functions.delete(arn);
    this.#problems.keep(
      [...uuids].map((uuid) => `mapping ${uuid}`).concat([...functionArns].map((arn) => `function ${arn}`)),
    );
    if (removed.length === 0 && unused.length === 0) return;
    const functions = unused.map(([, one]) => one);
    const ended = Promise.all(removed.map(([, { mapping }]) => mapping.stop()))
      .then(() => Promise.all(functions.map((one) => one.end())))
      .then(() => void this.#ending.delete(ended));
    this.#ending.set(ended, functions);
  }

  /** Applied names may hold any text. */
  #say(line: string): void {
    this.io.say(oneLine(line));
  }

  #running(functionArn: string): Running[] {
    return [...this.#mappings.values()].filter(({ settings }) => settings.functionArn === functionArn);
  }
}
