import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { ACCOUNT_ID } from "../../../local/aws/account";
import type { Subscription } from "../../../local/emulator/subscriptions";
import type { MappingOptions } from "../../../local/event-source-mapping/mapping";
import type { MappingSettings } from "../../../local/event-source-mapping/settings";
import type { AppliedFunction } from "../../../local/lambda/applied-function";
import type { FunctionConfiguration } from "../../../local/lambda/configuration";
import type { AppliedState } from "../../../local/reconciler/applied-state";
import { Reconciler } from "../../../local/reconciler/reconciler";

const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
const streamArn = (name: string) => `arn:aws:kinesis:eu-central-1:123456789012:stream/${name}`;

/** What exists, which the test changes; and what the reconciler makes of it. */
class World {
  readonly mappings = new Map<string, EventSourceMappingConfiguration>();
  readonly functions = new Map<string, FunctionConfiguration>();
  subscriptions: Subscription[] = [];
  /** Function's names whose code cannot be fetched. */
  readonly broken = new Set<string>();
  readonly said: string[] = [];
  /** What was done, as `start foo`. */
  readonly done: string[] = [];
  readonly started = new Map<string, Pick<MappingOptions, "roleArn" | "invoke">>();
  readonly reconciler: Reconciler;

  constructor() {
    const state: AppliedState = {
      mappings: async () => [...this.mappings.values()],
      subscriptions: async () => this.subscriptions,
      configuration: async (arn) => {
        const found = this.functions.get(arn);
        if (!found) throw new Error(`Function not found: ${arn}`);
        return found;
      },
      code: async () => new Uint8Array(),
    };
    this.reconciler = new Reconciler({
      state,
      say: (line) => this.said.push(line),
      createFunction: (name) => this.#fakeFunction(name),
      startMapping: async (options) => {
        const { uuid } = options.settings;
        this.done.push(`start ${uuid}`);
        this.started.set(uuid, options);
        return {
          update: (settings: MappingSettings) => void this.done.push(`update ${uuid} ${settings.batchSize}`),
          stop: async () => void this.done.push(`stop ${uuid}`),
        };
      },
    });
  }

  /** What Terraform makes of an entry of `log_groups`. */
  add(name: string): void {
    const configuration = { UUID: name, FunctionArn: functionArn(name), EventSourceArn: streamArn(name) };
    this.mappings.set(name, { ...configuration, StartingPosition: "TRIM_HORIZON", State: "Enabled" });
    this.subscribe(`/app/${name}`, name);
    this.configure(name, { codeSha256: "first" });
  }

  subscribe(logGroup: string, stream: string, accountId = ACCOUNT_ID): void {
    this.subscriptions.push({ accountId, logGroup, streamArn: streamArn(stream), events: 0 });
  }

  remove(name: string): void {
    this.mappings.delete(name);
    this.functions.delete(functionArn(name));
    this.subscriptions = this.subscriptions.filter((one) => one.streamArn !== streamArn(name));
  }

  configure(name: string, changes: Partial<FunctionConfiguration>): void {
    const arn = functionArn(name);
    const defaults = { handler: "index.handler", environment: {}, timeoutSeconds: 3, memoryMib: 128, codeSha256: "" };
    const before = this.functions.get(arn) ?? { name, roleArn: `role/${name}`, ...defaults };
    this.functions.set(arn, { ...before, ...changes });
  }

  change(name: string, changes: Partial<EventSourceMappingConfiguration>): void {
    this.mappings.set(name, { ...this.mappings.get(name)!, ...changes });
  }

  /** Resolves to what was done and said meanwhile. */
  async reconcile(times = 1): Promise<{ done: string[]; said: string[] }> {
    for (let i = 0; i < times; i++) await this.reconciler.reconcile();
    return { done: this.done.splice(0), said: this.said.splice(0) };
  }

  #fakeFunction(name: string): AppliedFunction {
    const { done, broken } = this;
    let configuration: FunctionConfiguration | undefined;
    const fake: Pick<AppliedFunction, "configuration" | "apply" | "invoke" | "kill" | "end" | "stop"> = {
      get configuration() {
        return configuration;
      },
      async apply(next) {
        if (broken.has(name)) throw new Error("invalid zip data");
        configuration = next;
      },
      invoke: async () => ({ payload: name }),
      kill: async () => void done.push(`kill function ${name}`),
      end: async () => void done.push(`end function ${name}`),
      stop: async () => void done.push(`stop function ${name}`),
    };
    return fake as AppliedFunction;
  }
}

let world: World;

beforeEach(() => {
  world = new World();
  for (const name of ["foo", "bar"]) world.add(name);
});

describe("Reconciler", () => {
  it("starts what exists without reporting it, and does nothing while nothing changes", async () => {
    expect(await world.reconcile()).toEqual({ done: ["start foo", "start bar"], said: [] });
    expect(await world.reconcile(3)).toEqual({ done: [], said: [] });
  });

  it("starts added mappings, and reports them once their log group is subscribed", async () => {
    await world.reconcile();
    world.add("new");
    const { subscriptions } = world;
    world.subscriptions = subscriptions.slice(0, 2);
    expect(await world.reconcile(3)).toEqual({ done: ["start new"], said: [] });
    world.subscriptions = subscriptions;
    expect((await world.reconcile(3)).said).toEqual(["/app/new: now delivered (function new)"]);
  });

  it("ends removed mappings, then their functions, and reports each once", async () => {
    await world.reconcile();
    world.remove("foo");
    expect(await world.reconcile(3)).toEqual({
      done: ["stop foo", "end function foo"],
      said: ["/app/foo: no longer delivered"],
    });
  });

  it("starts a mapping that was deleted and created again", async () => {
    await world.reconcile();
    const { UUID: _, ...configuration } = world.mappings.get("foo")!;
    world.mappings.delete("foo");
    world.mappings.set("again", { ...configuration, UUID: "again" });
    expect(await world.reconcile()).toEqual({ done: ["stop foo", "start again"], said: [] });
  });

  it("updates a running mapping at its position", async () => {
    await world.reconcile();
    world.change("bar", { BatchSize: 7, MaximumBatchingWindowInSeconds: 1 });
    expect(await world.reconcile(3)).toEqual({
      done: ["update bar 7"],
      said: ["/app/bar: batch size 100 → 7, batching window 0 s → 1 s"],
    });
  });

  it("invokes the mapping's current function, with its role", async () => {
    await world.reconcile();
    const mapping = world.started.get("foo")!;
    expect([await mapping.invoke({ Records: [] }), mapping.roleArn]).toEqual([{ payload: "foo" }, "role/foo"]);
    world.change("foo", { FunctionArn: functionArn("bar") });
    expect(await world.reconcile()).toEqual({
      done: ["end function foo", "update foo 100"],
      said: ["/app/foo: function foo → bar"],
    });
    expect([await mapping.invoke({ Records: [] }), mapping.roleArn]).toEqual([{ payload: "bar" }, "role/bar"]);
  });

  it("names all log groups of a changed function, and retries pending batches", async () => {
    world.change("foo", { FunctionArn: functionArn("bar") });
    await world.reconcile();
    world.configure("bar", { memoryMib: 256 });
    expect(await world.reconcile()).toEqual({
      done: ["update foo 100", "update bar 100"],
      said: ["/app/foo, /app/bar: function memory 128 MiB → 256 MiB"],
    });
  });

  it("keeps a disabled mapping, and reports that its records wait", async () => {
    await world.reconcile();
    world.change("foo", { State: "Disabled" });
    expect(await world.reconcile(2)).toEqual({
      done: ["update foo 100"],
      said: ["/app/foo: no longer delivered: its event source mapping is disabled, so its records wait in the stream"],
    });
    world.change("foo", { State: "Enabled" });
    expect((await world.reconcile(2)).said).toEqual(["/app/foo: now delivered (function foo)"]);
  });

  it("reports how a log group moves from its stream to a shared one", async () => {
    await world.reconcile();
    world.subscribe("/app/foo", "bar");
    expect((await world.reconcile(2)).said).toEqual(["/app/foo: now delivered by the stream bar (function bar)"]);
    world.subscriptions = world.subscriptions.filter(
      ({ logGroup, streamArn: arn }) => `${logGroup} ${arn}` !== `/app/foo ${streamArn("foo")}`,
    );
    expect((await world.reconcile(2)).said).toEqual(["/app/foo: no longer delivered by the stream foo"]);
    world.subscriptions = world.subscriptions.filter(({ logGroup }) => logGroup !== "/app/foo");
    expect((await world.reconcile(2)).said).toEqual(["/app/foo: no longer delivered"]);
  });

  it("reports many log groups that share a stream in one line, and names the account of another's", async () => {
    await world.reconcile();
    for (let n = 0; n < 200; n++) world.subscribe(`/app/${n}`, "bar");
    expect((await world.reconcile(2)).said).toEqual([
      "/app/0, /app/1, /app/2 and 197 more: now delivered (function bar)",
    ]);
    world.configure("bar", { memoryMib: 256 });
    expect((await world.reconcile(2)).said).toEqual([
      "/app/bar, /app/0, /app/1 and 198 more: function memory 128 MiB → 256 MiB",
    ]);
    world.subscribe("/app/foo", "bar", "210987654321");
    expect((await world.reconcile(2)).said).toEqual(["/app/foo of account 210987654321: now delivered (function bar)"]);
  });

  it("runs a queue's mapping by the queue's name", async () => {
    await world.reconcile();
    const queue = { UUID: "logs", FunctionArn: functionArn("logs"), State: "Enabled" };
    world.mappings.set("logs", { ...queue, EventSourceArn: "arn:aws:sqs:eu-central-1:123456789012:access-logs" });
    world.configure("logs", {});
    expect(await world.reconcile(2)).toEqual({
      done: ["start logs"],
      said: ["access-logs: now delivered (function logs)"],
    });
    world.change("logs", { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    world.configure("logs", { timeoutSeconds: 60 });
    expect((await world.reconcile()).said).toEqual([
      "access-logs: function timeout 3 s → 60 s",
      "access-logs: batch size 10 → 1, maximum concurrency 5 → 2",
    ]);
    world.change("logs", { State: "Disabled" });
    expect((await world.reconcile(2)).said).toEqual([
      "access-logs: no longer delivered: its event source mapping is disabled, so its messages wait in the queue",
    ]);
  });

  it("reports a broken mapping once, runs the others, and starts it once it is fixed", async () => {
    world.change("foo", { StartingPosition: "AT_TIMESTAMP" });
    expect(await world.reconcile(5)).toEqual({
      done: ["start bar"],
      said: [
        "/app/foo: starting_position is AT_TIMESTAMP; the local pipeline supports TRIM_HORIZON and LATEST. " +
          "It is not delivered until another terraform apply fixes it; others are not affected.",
      ],
    });
    world.change("foo", { StartingPosition: "LATEST" });
    expect(await world.reconcile(2)).toEqual({
      done: ["start foo"],
      said: ["/app/foo: now delivered (function foo)"],
    });
  });

  it("keeps a mapping running that gets invalid settings", async () => {
    await world.reconcile();
    world.change("foo", { DestinationConfig: { OnFailure: { Destination: "arn:aws:sqs:::queue" } } });
    const { done, said } = await world.reconcile(3);
    expect(done).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/on-failure destination is arn:aws:sqs.* It runs unchanged until/)]);
  });

  it("does not report a function that is missing for a moment", async () => {
    await world.reconcile();
    const configuration = world.functions.get(functionArn("foo"))!;
    world.functions.delete(functionArn("foo"));
    await world.reconcile();
    world.functions.set(functionArn("foo"), configuration);
    await world.reconcile();
    world.functions.delete(functionArn("foo"));
    expect((await world.reconcile()).said).toEqual([]);
    expect((await world.reconcile()).said).toEqual([expect.stringMatching(/^\/app\/foo: Function not found/)]);
  });

  it("keeps records for a function that cannot run, and reports each problem once", async () => {
    world.broken.add("foo");
    const { done, said } = await world.reconcile(5);
    expect(done).toEqual(["start foo", "start bar"]);
    expect(said).toEqual([expect.stringMatching(/^\/app\/foo: invalid zip data\. It is not delivered until/)]);
  });

  it("kills the processes of all functions", async () => {
    await world.reconcile();
    await world.reconciler.killFunctions();
    expect(world.done.splice(0)).toEqual(["kill function foo", "kill function bar"]);
  });

  it("stops all mappings and functions, including those that are ending", async () => {
    await world.reconcile();
    await world.reconciler.stop();
    expect(world.done.toSorted()).toEqual(["stop bar", "stop foo", "stop function bar", "stop function foo"]);
  });

  it("reports nothing that controls a terminal", async () => {
    await world.reconcile();
    world.configure("foo", { handler: "a\u001b[2J\u202e\nb" });
    expect((await world.reconcile()).said).toEqual(["/app/foo: function handler index.handler → a\ufffd b"]);
  });
});
