import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type LambdaFunction, startFunction } from "../../../local/lambda/function";
import { pipelineInputs } from "../../../modules/logging-pipeline/inputs/index";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { zipOf } from "../../support/function-zip";
import { canLimitMemory, LimitedMemory } from "../../support/limited-memory";
import { skippedUnless } from "../../support/skipped";
import { LARGEST_RECORDS, REJECTED_BATCHES } from "../../support/worst-batches";
import { WorstEndpoints } from "../../support/worst-endpoints";

/** The default function's memory. */
const MEMORY_MIB = pipelineInputs.functionMemoryMib.default;

/** Of a test, in milliseconds. */
const PATIENCE_MS = 120_000;

skippedUnless(process.platform === "linux", "Linux").describe(
  "the function in the memory that it has by default",
  () => {
    const endpoints = new WorstEndpoints();
    let directory: TemporaryDirectory;
    let memory: LimitedMemory;
    let origin: string;
    let forwarder: LambdaFunction | undefined;
    let lines: string[] = [];

    beforeAll(async () => {
      directory = await temporaryDirectory();
      memory = new LimitedMemory(directory.path, MEMORY_MIB);
      origin = await endpoints.start();
    });

    afterAll(async () => {
      await forwarder?.stop();
      endpoints.stop();
      await memory.remove();
      await directory.remove();
    });

    /** One process for several batches: what one leaves in memory, the next ones find there. */
    async function start(timeoutSeconds: number): Promise<void> {
      await forwarder?.stop();
      forwarder = await startFunction({
        zip: zipOf("forwarder"),
        nodePath: memory.nodePath,
        environment: { SEARCH_ENDPOINT: origin, ARCHIVE_BUCKET: "the-archive", AWS_ENDPOINT_URL_S3: origin },
        timeoutSeconds,
        memoryMib: MEMORY_MIB,
        onLine: (line) => lines.push(line),
      });
    }

    async function invoke(event: unknown) {
      lines = [];
      endpoints.folders.clear();
      memory.forgetPeak();
      const result = await forwarder!.invoke(event);
      return { result, line: JSON.parse(lines.at(-1) ?? "{}"), peakMib: memory.peakMib() };
    }

    describe("which the index accepts", () => {
      beforeAll(() => start(PATIENCE_MS / 1000));

      it.each(LARGEST_RECORDS)(
        "handles records that are %s: each is %s",
        async (_, becomes, batch) => {
          endpoints.answer = "accepts";
          const event = batch();
          const { result, line, peakMib } = await invoke(event);
          expect(result).toEqual({ payload: { batchItemFailures: [] } });
          expect([...endpoints.folders]).toEqual([becomes === "delivered" ? "archive" : "dead-letter"]);
          expect(line.DeadLetteredRecords).toBe(becomes === "delivered" ? 0 : event.Records.length);
          expect(peakMib).toBeLessThan(MEMORY_MIB);
        },
        PATIENCE_MS,
      );
    });

    describe("which the index rejects", () => {
      // Until the deadline; the rest is returned to Lambda. A quarter is for the archive, also where the machine is busy.
      beforeAll(() => start(20));

      // Each takes all its time.
      it.each(process.env.NIGHTLY ? REJECTED_BATCHES : REJECTED_BATCHES.slice(0, 1))(
        "survives a batch of %s, each event rejected with long reasons",
        async (_, batch) => {
          endpoints.answer = "rejects";
          const { result, line, peakMib } = await invoke(batch());
          expect(result).toEqual({ payload: { batchItemFailures: expect.any(Array) } });
          expect(line.RejectedEvents).toBeGreaterThan(0);
          expect(peakMib).toBeLessThan(MEMORY_MIB);
        },
        PATIENCE_MS,
      );
    });

    describe("of which the index's response does not end", () => {
      beforeAll(() => start(8));

      it(
        "survives that, and returns the batch to Lambda",
        async () => {
          endpoints.answer = "never ends";
          const [, batch] = REJECTED_BATCHES[0]!;
          const { result, line, peakMib } = await invoke(batch());
          expect(result).toMatchObject({ payload: { batchItemFailures: [{}] } });
          const reason = "search: the response is longer than the request's limit";
          expect(line.failures).toMatchObject({ [reason]: expect.any(Number) });
          expect(peakMib).toBeLessThan(MEMORY_MIB);
        },
        PATIENCE_MS,
      );
    });

    skippedUnless(canLimitMemory(), "root and control groups, to limit memory").it(
      "would be ended by the operating system if it took more",
      async () => {
        const script = join(directory.path, "takes-more.js");
        await writeFile(script, `Buffer.alloc(${MEMORY_MIB + 100} * 1024 * 1024, 1);`);
        const child = spawn(memory.nodePath, ["--no-warnings", script]);
        const [, signal] = await once(child, "exit");
        expect(signal).toBe("SIGKILL");
      },
    );
  },
);
