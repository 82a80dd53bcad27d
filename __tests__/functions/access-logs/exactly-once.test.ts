import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { findArrayObjects } from "../../../core/fast-path/find-array-objects";
import type { StreamedResponse } from "../../../core/http/node-stream";
import type { HttpRequest, HttpResponse } from "../../../core/http/send";
import { SourceObjectError } from "../../../core/sources/s3/object-error";
import { encodeObjectMessage, type ObjectToRead } from "../../../core/sources/s3/object-message";
import { objectOpener } from "../../../core/sources/s3/object-opener";
import { deliverAccessLogs } from "../../../functions/access-logs/access-logs";
import type { AccessLogsIo } from "../../../functions/access-logs/io";
import { prepareAccessLogs, SOURCE_BUCKET, sqsRecord, TOO_LONG } from "../../support/access-logs";
import { FakeClock } from "../../support/clock";
import { MAPPING_CONFLICT, QUEUE_FULL } from "../../support/search-engine";

/** Draws numbers from a seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const KINDS = ["line", "line", "line", "line", "blank", "conflict", "poison", "long"] as const;
type Kind = (typeof KINDS)[number];

const TEXT_OF: Record<Kind, string> = { line: "x", blank: "", conflict: "conflict", poison: "poison", long: TOO_LONG };

interface World {
  seed: number;
  objects: { kinds: Kind[]; isTruncated: boolean }[];
  /** Of 1,000 calls, how many fail in some way, until the queue has delivered this many batches. */
  faults: number;
}

const world = fc.record<World>({
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  objects: fc.array(
    fc.record({
      kinds: fc.array(fc.constantFrom(...KINDS), { maxLength: 25 }),
      isTruncated: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  faults: fc.integer({ min: 0, max: 150 }),
});

/** Batches with faults; then all is well, so that the queue becomes empty. */
const FAULTY_BATCHES = 40;
const MAX_BATCHES = 400;

/** More with `ACCESS_LOGS_RUNS`. */
const RUNS = Number(process.env.ACCESS_LOGS_RUNS ?? 80);

const NEVER = new Promise<never>(() => {});

class Simulation {
  readonly all = prepareAccessLogs({ chunkLines: 4 });
  readonly queue: { id: string; body: string; isInFlight: boolean }[] = [];
  readonly #random: () => number;
  readonly #faults: number;
  #batches = 0;
  #ids = 0;

  readonly #contents = new Map<string, Buffer>();
  readonly #isReal: boolean;

  /** @param isReal whether the reader of S3 reads the objects, from a server that breaks connections */
  constructor({ seed, objects, faults }: World, isReal = false) {
    this.#random = randomOf(seed);
    this.#faults = faults / 1000;
    this.#isReal = isReal;
    const { engine, put, queue } = this.all;
    engine.reject = ({ document }) => {
      const { message, aws } = document as { message: string; aws: { s3: object } };
      if (message === "poison" || (message === "conflict" && !("rejection" in aws.s3))) return MAPPING_CONFLICT;
      // Of so many lines some would fail each time.
      return (!isReal || this.#random() < 0.001) && this.#hasFault() ? QUEUE_FULL : undefined;
    };
    for (const [i, { kinds, isTruncated }] of objects.entries()) {
      const error = new SourceObjectError("UNEXPECTED_RESPONSE", "quarantined", "truncated gzip");
      const texts = kinds.map((kind) => TEXT_OF[kind]);
      const toRead = isReal
        ? this.#putContent(`o-${i}`, texts, isTruncated)
        : put(`o-${i}`, texts, isTruncated ? error : undefined);
      this.enqueue(encodeObjectMessage(toRead));
      // S3 may notify twice.
      if (this.#random() < 0.3) this.enqueue(encodeObjectMessage(toRead));
    }
    queue.bodies.push = (...bodies) => {
      for (const body of bodies) this.enqueue(body);
      return 0;
    };
  }

  /** In gzip of several members, or as it is. */
  #putContent(key: string, texts: readonly string[], isTruncated: boolean): ObjectToRead {
    const text = Buffer.from(texts.map((line) => `${line === TOO_LONG ? "y".repeat(2 ** 20 + 1) : line}\n`).join(""));
    const members = Array.from({ length: 1 + Math.floor(this.#random() * 4) }, () =>
      Math.floor(this.#random() * text.length),
    );
    const ends = [...members.sort((a, b) => a - b), text.length];
    const zipped = Buffer.concat(ends.map((end, i) => gzipSync(text.subarray(ends[i - 1] ?? 0, end))));
    // Without a part of the last member's size all lines are there, and the object is none that can be trusted.
    const content = isTruncated ? zipped.subarray(0, -3) : this.#random() < 0.5 ? zipped : text;
    this.#contents.set(key, content);
    const etag = createHash("md5").update(content).digest("hex");
    return { object: { bucket: SOURCE_BUCKET, key, etag, size: content.length } };
  }

  /** Answers as S3 does, or as it does when it is in trouble. */
  async #respond(path: string, range: string | undefined, tick: Tick): Promise<StreamedResponse> {
    await tick();
    if (this.#hasFault()) {
      const status = [403, 503, 500, 0][Math.floor(this.#random() * 4)]!;
      if (status === 0) throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
      return { status, headers: {}, body: partsOf([]), close: () => {} };
    }
    const content = this.#contents.get(path.split("/").at(-1)!)!;
    const rest = content.subarray(Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0));
    const parts: Buffer[] = [];
    for (let at = 0; at < rest.length; at += 20_000) parts.push(rest.subarray(at, at + 20_000));
    const breaksAt = this.#hasFault() ? Math.floor(this.#random() * parts.length) : parts.length;
    return {
      status: range ? 206 : 200,
      headers: { "content-length": String(rest.length), "last-modified": "Fri, 27 Nov 2026 03:05:00 GMT" },
      body: partsOf(parts.slice(0, breaksAt), tick),
      close: () => {},
    };
  }

  enqueue(body: string): void {
    this.queue.push({ id: `m-${this.#ids++}`, body, isInFlight: false });
  }

  #hasFault(): boolean {
    return this.#batches <= FAULTY_BATCHES && this.#random() < this.#faults;
  }

  async run(): Promise<void> {
    while (this.queue.length > 0) {
      expect(this.#batches).toBeLessThan(MAX_BATCHES);
      // Two functions at once, now and then with messages of the same objects.
      await Promise.all([this.#invoke(), ...(this.#random() < 0.4 ? [this.#invoke()] : [])]);
    }
  }

  async #invoke(): Promise<void> {
    this.#batches++;
    const size = 1 + Math.floor(this.#random() * 3);
    const free = this.queue.filter(({ isInFlight }) => !isInFlight || this.#random() < 0.1);
    const batch = free.slice(0, size);
    for (const message of batch) message.isInFlight = true;
    if (batch.length === 0) return;
    let kill = () => {};
    const killed = new Promise<undefined>((resolve) => {
      kill = () => resolve(undefined);
    });
    const io = this.#io(kill);
    const event = { Records: batch.map(({ id, body }) => sqsRecord(body, id)) };
    const response = await Promise.race([deliverAccessLogs(event, io).catch(() => undefined), killed]);
    for (const message of batch) message.isInFlight = false;
    if (!response) return;
    const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    // The acknowledgement itself may be lost.
    if (this.#hasFault()) return;
    for (const message of batch) {
      const at = this.queue.indexOf(message);
      if (at >= 0 && !failed.has(message.id)) this.queue.splice(at, 1);
    }
  }

  /** Of one invocation: once it is killed nothing that it awaits ever ends. */
  #io(kill: () => void) {
    const { io, engine, bucket, queue, objects } = this.all;
    const clock = new FakeClock(20_000);
    let isKilled = false;
    const tick = async (maxMs = 2_000) => {
      clock.nowMs += Math.floor(this.#random() * maxMs);
      // Calls of other invocations come between.
      for (let turns = maxMs > MAX_PART_MS ? Math.floor(this.#random() * 4) : 0; turns > 0; turns--)
        await new Promise((resolve) => setImmediate(resolve));
      if (!isKilled && this.#hasFault() && this.#random() < 0.3) {
        isKilled = true;
        kill();
      }
      if (isKilled) await NEVER;
    };
    const lying = (send: (request: HttpRequest) => Promise<HttpResponse>) => async (request: HttpRequest) => {
      await tick();
      if (this.#hasFault()) {
        const fault = Math.floor(this.#random() * 5);
        if (fault === 0) throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
        if (fault === 1) return { status: 503, body: "" };
        if (fault === 2) return { status: 429, body: "" };
        if (fault === 3) return { status: 403, body: "" };
        await send(request);
        throw Object.assign(new Error("the response is lost"), { code: "ECONNRESET" });
      }
      const response = await send(request);
      await tick();
      return response;
    };
    const sleep = async (ms: number) => {
      clock.nowMs += ms;
      await tick();
    };
    const before = async () => {
      await tick();
      if (!this.#hasFault()) return;
      const code = this.#random() < 0.5 ? "ACCESS_DENIED" : "DEADLINE_PASSED";
      throw new SourceObjectError(code, "message retried", "a lying S3");
    };
    return {
      ...io,
      ...{ remainingMs: clock.remainingMs, sleep, random: this.#random, monotonicMs: () => clock.nowMs },
      log: () => {},
      search: { ...io.search, send: lying(engine.send), bulkMaxBytes: this.#random() < 0.3 ? 1_500 : 1024 * 1024 },
      quarantine: { ...io.quarantine, send: lying(bucket.send) },
      queue: { ...io.queue, send: lying(queue.send) },
      reader: (({ retry, failed }) =>
        this.#isReal
          ? objectOpener({
              stream: () => (request) => this.#respond(request.path, request.headers.Range, tick),
              ...{
                region: "eu-central-1",
                endpoint: "",
                requestTimeoutMs: 30_000,
                retry,
                failed,
                findObjects: findArrayObjects,
              },
            })
          : objects.opener(before)) satisfies AccessLogsIo["reader"],
    };
  }

  quarantined(prefix: string): Record<string, unknown>[] {
    const { bucket } = this.all;
    return bucket.keys(prefix).flatMap((key) => {
      const body = bucket.objects.get(key)!;
      const text = (key.endsWith(".gz") ? gunzipSync(body) : body).toString();
      return text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    });
  }
}

/** Lets time pass, up to so many milliseconds. @default 2 s */
type Tick = (maxMs?: number) => Promise<void>;

/** Of a part of an object: a chunk has some 50. */
const MAX_PART_MS = 40;

async function* partsOf(
  parts: readonly Buffer[],
  tick: Tick = async () => {},
): AsyncGenerator<Buffer, void, undefined> {
  for (const part of parts) {
    await tick(MAX_PART_MS);
    yield part;
  }
}

/** The places of lines of these kinds, as `key:line`. */
const placesOf = ({ objects }: World, ...kinds: Kind[]): string[] =>
  objects
    .flatMap((object, i) => object.kinds.flatMap((kind, line) => (kinds.includes(kind) ? [`o-${i}:${line}`] : [])))
    .sort();

/** Objects of several chunks: mostly lines, and here and there what is rejected. */
const largeWorld = fc.record<World>({
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  objects: fc.array(
    fc
      .record({ count: fc.integer({ min: 4_000, max: 8_000 }), seed: fc.nat(), isTruncated: fc.boolean() })
      .map(({ count, seed, isTruncated }) => {
        const random = randomOf(seed);
        const kindOf = () => (random() < 0.002 ? KINDS[4 + Math.floor(random() * 4)]! : "line");
        return { kinds: Array.from({ length: count }, kindOf), isTruncated };
      }),
    { minLength: 1, maxLength: 2 },
  ),
  faults: fc.integer({ min: 0, max: 100 }),
});

async function expectExactlyOnce(given: World, simulation: Simulation): Promise<number> {
  await simulation.run();
  const places = [...simulation.all.engine.documents.values()].map((document) => {
    const { aws, event } = document as { aws: { s3: { object: { key: string } } }; event: { sequence: number } };
    return `${aws.s3.object.key}:${event.sequence}`;
  });
  expect(places.sort()).toEqual(placesOf(given, "line", "conflict"));
  const rejected = simulation.quarantined("access-logs/rejected/").map(({ key, line }) => `${key}:${line}`);
  expect(rejected.sort()).toEqual(placesOf(given, "poison", "long"));
  const unreadable = simulation.quarantined("access-logs/unreadable/").map(({ key, lines }) => `${key}:${lines}`);
  expect(unreadable.sort()).toEqual(
    given.objects.flatMap(({ isTruncated, kinds }, i) => (isTruncated ? [`o-${i}:${kinds.length}`] : [])),
  );
  return places.length;
}

describe("deliverAccessLogs, with lying servers, kills and a queue that repeats", () => {
  it(
    "indexes each line once, and quarantines each that cannot be, and each object that cannot be read",
    async () => {
      let [faults, documents] = [0, 0];
      await fc.assert(
        fc.asyncProperty(world, async (given) => {
          documents += await expectExactlyOnce(given, new Simulation(given));
          faults += given.faults;
        }),
        { numRuns: RUNS },
      );
      expect(Math.min(faults, documents)).toBeGreaterThan(100);
    },
    30_000 + 200 * RUNS,
  );

  it(
    "does so with objects of several chunks, gzipped or not, over connections that break",
    async () => {
      await fc.assert(
        fc.asyncProperty(largeWorld, async (given) => {
          await expectExactlyOnce(given, new Simulation(given, true));
        }),
        { numRuns: Math.ceil(RUNS / 20) },
      );
    },
    60_000 + 200 * RUNS,
  );
});
