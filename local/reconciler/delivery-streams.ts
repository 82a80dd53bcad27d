import { isDeepStrictEqual } from "node:util";
import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import { oneLine } from "../../tools/text/one-line";
import type { DeliveryStream } from "../firehose/delivery-stream";
import { type DeliverySettings, deliverySettings } from "../firehose/settings";
import { deliveryChanges, destinationText } from "../firehose/settings-text";
import type { InvokeTransform } from "../firehose/transform";
import { Functions, type FunctionsIo } from "./functions";
import { Problems } from "./problems";

export interface DeliveryStreamsIo extends FunctionsIo {
  /** Those that exist; each call reads them again. */
  listDeliveryStreams(): Promise<DeliveryStreamDescription[]>;
  startDeliveryStream(options: { settings: DeliverySettings; invoke: InvokeTransform }): DeliveryStream;
}

interface Running {
  settings: DeliverySettings;
  readonly stream: DeliveryStream;
}

/** Runs the delivery streams that exist, with their functions; each `reconcile` applies changes to them. */
export class DeliveryStreams {
  /** By ARN and time of creation. */
  readonly #running = new Map<string, Running>();
  readonly #ending = new Set<Promise<unknown>>();
  readonly #problems: Problems;
  readonly #functions: Functions;
  #isFirst = true;

  constructor(private readonly io: DeliveryStreamsIo) {
    this.#problems = new Problems((line) => io.say(oneLine(line)));
    this.#functions = new Functions(io, this.#problems);
  }

  /**
   * Starts new delivery streams, updates changed ones, ends removed ones. A problem with one is reported and does not affect the
   * others.
   *
   * @throws Error when they cannot be listed
   */
  async reconcile(): Promise<void> {
    const descriptions = await this.io.listDeliveryStreams();
    const wanted: [key: string, settings: DeliverySettings][] = [];
    const keys: string[] = [];
    for (const description of descriptions) {
      const key = `${description.DeliveryStreamARN} ${description.CreateTimestamp?.getTime()}`;
      keys.push(key);
      let settings = this.#running.get(key)?.settings;
      await this.#problems.watch(
        key,
        () => description.DeliveryStreamName!,
        settings !== undefined,
        async () => {
          settings = deliverySettings(description);
        },
      );
      if (settings) wanted.push([key, settings]);
    }
    const functionArns = new Set(wanted.flatMap(([, { transform }]) => transform?.functionArn ?? []));
    this.#endRemoved(new Set(keys), functionArns);
    await Promise.all([...functionArns].map((arn) => this.#applyFunction(arn, wanted)));
    for (const [key, settings] of wanted) this.#apply(key, settings);
    this.#isFirst = false;
  }

  async stop(): Promise<void> {
    const streams = [...this.#running.values()].map(({ stream }) => stream.stop());
    await this.#functions.stop();
    await Promise.all([...streams, ...this.#ending]);
  }

  async #applyFunction(arn: string, wanted: readonly [string, DeliverySettings][]): Promise<void> {
    const invokers = wanted.filter(([, { transform }]) => transform?.functionArn === arn);
    const names = () => invokers.map(([, { name }]) => name).join(", ");
    await this.#functions.apply(arn, { names, currentNames: names, onChange: () => {} });
  }

  #apply(key: string, settings: DeliverySettings): void {
    const running = this.#running.get(key);
    if (!running) {
      const invoke: InvokeTransform = (arn, event) => this.#functions.invoke(arn, event);
      this.#running.set(key, { settings, stream: this.io.startDeliveryStream({ settings, invoke }) });
      if (!this.#isFirst) this.#say(settings, `now delivered by Firehose (${destinationText(settings)})`);
    } else if (!isDeepStrictEqual(settings, running.settings)) {
      const changes = deliveryChanges(running.settings, settings);
      running.settings = settings;
      running.stream.update(settings);
      if (changes.length > 0) this.#say(settings, changes.join(", "));
    }
  }

  #endRemoved(keys: ReadonlySet<string>, functionArns: ReadonlySet<string>): void {
    const removed = [...this.#running].filter(([key]) => !keys.has(key));
    const unused = this.#functions.keep(functionArns);
    for (const [key, { settings }] of removed) {
      this.#running.delete(key);
      this.#say(settings, "no longer delivered");
    }
    this.#problems.keep([...keys, ...[...functionArns].map((arn) => `function ${arn}`)]);
    if (removed.length === 0 && unused.length === 0) return;
    const ended = Promise.all([...removed.map(([, { stream }]) => stream.stop()), ...unused.map((one) => one.stop())]);
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
  }

  #say({ name }: DeliverySettings, what: string): void {
    this.io.say(oneLine(`${name}: ${what}`));
  }
}
