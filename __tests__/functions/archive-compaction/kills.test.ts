import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { compact } from "../../../functions/archive-compaction/compact";
import { ConditionalBucket } from "../../support/conditional-bucket";

const FOLDER = "archive/2026/11/21/03/foo/";
const NOW = Date.parse("2026-11-22T05:00Z");
const SETTINGS = { archivePrefix: "", minAgeHours: 25, lookBackHours: 1, metricsNamespace: "" };

class Killed extends Error {}

/** A run of the function whose requests wait until they are let through. */
class Run {
  readonly #waiting: { perform(): void; fail(): void }[] = [];
  #isKilled = false;
  #hasEnded = false;

  constructor(bucket: ConditionalBucket) {
    const client = bucket.client((perform) => {
      return new Promise((resolve, reject) => {
        if (this.#isKilled) reject(new Killed());
        else this.#waiting.push({ perform: () => resolve(perform()), fail: () => reject(new Killed()) });
      });
    });
    // A part for every two or three objects.
    compact({}, io(client, 150)).then(
      () => this.#end(),
      (error) => {
        if (!(error instanceof Killed)) throw error;
        this.#end();
      },
    );
  }

  #end(): void {
    this.#hasEnded = true;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Lets one request through, and then the function be killed if `isLast`. */
  async step(isLast: boolean): Promise<void> {
    while (this.#waiting.length === 0 && !this.#hasEnded) await turn();
    this.#waiting.shift()?.perform();
    if (isLast) this.kill();
  }

  kill(): void {
    this.#isKilled = true;
    for (const { fail } of this.#waiting.splice(0)) fail();
  }
}

const io = (client: ReturnType<ConditionalBucket["client"]>, partBytes: number) => ({
  settings: { ...SETTINGS, partBytes },
  bucket: () => client,
  remainingMs: () => 900_000,
  now: () => NOW,
  monotonicMs: () => 0,
  log: () => {},
});

type Step =
  | { what: "request" | "last request"; run: 0 | 1 }
  | { what: "late object" }
  | { what: "retried batch"; of: number };

const runs = fc.constantFrom<(0 | 1)[]>(0, 1);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: runs.map((run): Step => ({ what: "request", run })) },
    { weight: 2, arbitrary: runs.map((run): Step => ({ what: "last request", run })) },
    { weight: 1, arbitrary: fc.constant<Step>({ what: "late object" }) },
    { weight: 1, arbitrary: fc.nat(9).map((of): Step => ({ what: "retried batch", of })) },
  ),
  { minLength: 5, maxLength: 60, size: "max" },
);

/** What the forwarder and replays archive, and how often each line may be found in the end. */
class Archive {
  readonly bucket = new ConditionalBucket();
  readonly #batches: string[][] = [];
  readonly #retried = new Set<string>();
  #lines = 0;

  add(count: number): void {
    this.#batches.push(Array.from({ length: count }, () => this.#line()));
    this.#put(this.#batches.length - 1);
  }

  /** The same batch once more, of which more records are acknowledged. */
  retry(of: number): void {
    const number = of % this.#batches.length;
    const batch = this.#batches[number]!;
    for (const line of batch) this.#retried.add(line);
    batch.push(this.#line());
    this.#put(number);
  }

  get lines(): string[] {
    return this.#batches.flat();
  }

  mayBeDoubled = (line: string): boolean => this.#retried.has(line);

  #put(number: number): void {
    this.bucket.put(`${FOLDER}shardId-000000000000-4956${number}.gz`, this.#batches[number]!);
  }

  #line(): string {
    return `{"id":"${this.#lines++}"}`;
  }
}

describe("compaction, killed between any two requests, twice at the same time", () => {
  it("loses no line at any moment, and doubles none in the end, whatever is archived meanwhile", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 7, size: "max" });
    await fc.assert(
      fc.asyncProperty(sizes, steps, async (batches, history) => {
        const archive = new Archive();
        const { bucket } = archive;
        for (const size of batches) archive.add(size);
        const started = [new Run(bucket), new Run(bucket)];
        for (const step of history) {
          if (step.what === "late object") archive.add(1);
          else if (step.what === "retried batch") archive.retry(step.of);
          else {
            if (started[step.run]!.hasEnded) started[step.run] = new Run(bucket);
            await started[step.run]!.step(step.what === "last request");
          }
          expect(new Set(bucket.lines())).toEqual(new Set(archive.lines));
        }
        for (const run of started) run.kill();
        for (let again = 0; again < 2; again++) await compact({}, io(bucket.client(), 150));

        const found = bucket.lines();
        expect(new Set(found)).toEqual(new Set(archive.lines));
        const once = (line: string) => !archive.mayBeDoubled(line);
        expect(found.filter(once).sort()).toEqual(archive.lines.filter(once).sort());
        expect(bucket.keys().filter((key) => key.includes("/shardId-")).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});
