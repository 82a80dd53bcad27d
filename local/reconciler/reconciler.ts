import { isDeepStrictEqual } from "node:util";
import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { oneLine } from "../../tools/text/one-line";
import type { EventSourceMapping, MappingOptions } from "../event-source-mapping/mapping";
import { type MappingSettings, mappingSettings, sourceArnOf } from "../event-source-mapping/settings";
import type { AppliedFunction } from "../lambda/applied-function";
import type { AppliedState } from "./applied-state";
import { mappingChanges } from "./changes";
import { DeliveredGroups } from "./delivered-groups";
import { Functions, type FunctionsIo } from "./functions";
import { Problems } from "./problems";

export interface ReconcilerIo extends FunctionsIo {
  readonly state: AppliedState;
  startMapping(options: Pick<MappingOptions, "settings" | "roleArn" | "invoke">): Promise<EventSourceMapping>;
}

interface Running {
  settings: MappingSettings;
  readonly mapping: EventSourceMapping;
}

/** Runs the event source mappings and functions that exist; each `reconcile` applies changes to them. */
export class Reconciler {
  readonly #functions: Functions;
  /** By UUID. */
  readonly #mappings = new Map<string, Running>();
  /** Removed mappings, with their functions, until their invocations in flight have ended. */
  readonly #ending = new Map<Promise<void>, readonly AppliedFunction[]>();
  readonly #problems: Problems;
  readonly #groups: DeliveredGroups;

  constructor(private readonly io: ReconcilerIo) {
    this.#problems = new Problems((line) => this.#say(line));
    this.#groups = new DeliveredGroups((line) => this.#say(line));
    this.#functions = new Functions(io, this.#problems);
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

  /** Kills the processes of all functions: invocations in flight fail. */
  killFunctions(): Promise<void> {
    return this.#functions.kill();
  }

  /** Kills all functions; the results of invocations in flight are dropped. */
  async stop(): Promise<void> {
    const mappings = [...this.#mappings.values()].map(({ mapping }) => mapping.stop());
    const ending = [...this.#ending.values()].flat();
    await Promise.all([this.#functions.stop(), ...ending.map((one) => one.stop())]);
    await Promise.all([...mappings, ...this.#ending.keys()]);
  }

  async #applyFunction(arn: string, mappings: readonly EventSourceMappingConfiguration[]): Promise<void> {
    const sources = mappings.filter(({ FunctionArn }) => FunctionArn === arn).map((one) => one.EventSourceArn ?? "");
    await this.#functions.apply(arn, {
      names: () => this.#groups.namesOf(sources),
      currentNames: () => this.#groups.namesOf(this.#running(arn).map(({ settings }) => sourceArnOf(settings))),
      onChange: () => {
        // Pending retries may succeed now.
        for (const { settings, mapping } of this.#running(arn)) mapping.update(settings);
      },
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
    const functions = this.#functions;
    let running: Running | undefined;
    const functionArn = () => (running?.settings ?? first).functionArn;
    const mapping = await this.io.startMapping({
      settings: first,
      get roleArn() {
        return functions.get(functionArn())?.configuration?.roleArn ?? "";
      },
      invoke: (event) => functions.invoke(functionArn(), event),
    });
    running = { settings: first, mapping };
    return running;
  }

  #endRemoved(mappings: readonly EventSourceMappingConfiguration[]): void {
    const uuids = new Set(mappings.map(({ UUID }) => UUID!));
    const removed = [...this.#mappings].filter(([uuid]) => !uuids.has(uuid));
    for (const [uuid] of removed) this.#mappings.delete(uuid);
    const functionArns = new Set(mappings.map(({ FunctionArn }) => FunctionArn!));
    const unused = this.#functions.keep(functionArns);
    this.#problems.keep(
      [...uuids].map((uuid) => `mapping ${uuid}`).concat([...functionArns].map((arn) => `function ${arn}`)),
    );
    if (removed.length === 0 && unused.length === 0) return;
    const ended = Promise.all(removed.map(([, { mapping }]) => mapping.stop()))
      .then(() => Promise.all(unused.map((one) => one.end())))
      .then(() => void this.#ending.delete(ended));
    this.#ending.set(ended, unused);
  }

  /** Applied names may hold any text. */
  #say(line: string): void {
    this.io.say(oneLine(line));
  }

  #running(functionArn: string): Running[] {
    return [...this.#mappings.values()].filter(({ settings }) => settings.functionArn === functionArn);
  }
}
