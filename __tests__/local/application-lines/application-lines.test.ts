import type { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import * as fc from "fast-check";
import { type ApplicationLaneReport, isDeliveredOnce } from "../../../local/application-lines/deliver";
import { idsInSearch } from "../../../local/application-lines/found";
import { applicationLines } from "../../../local/application-lines/lines";
import { putApplicationLines } from "../../../local/application-lines/put";
import { applicationTable } from "../../../local/report/application-lanes";
import { startServer } from "../../support/http-server";
import { wholeAnswer } from "../../support/search-answer";

const NOW = Date.parse("2026-11-27T10:00:00Z");

describe("putApplicationLines", () => {
  it("puts each line once, packed as asked, whatever is throttled", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1_200 }),
        fc.integer({ min: 1, max: 80 }),
        fc.func(fc.boolean()),
        async (count, linesPerRecord, isThrottled) => {
          const lines = applicationLines(count, "run", NOW);
          const taken: string[] = [];
          let attempts = 0;
          const put = async ({ input }: PutRecordBatchCommand) => {
            expect(input.Records!.length).toBeLessThanOrEqual(500);
            // Only the first attempts are throttled: each takes half a second.
            const isFirst = attempts++ === 0;
            const RequestResponses = input.Records!.map(({ Data }, n) => {
              if (isFirst && isThrottled(n)) return { ErrorCode: "ServiceUnavailableException" };
              taken.push(Buffer.from(Data!).toString());
              return { RecordId: "id" };
            });
            return { RequestResponses, FailedPutCount: RequestResponses.filter((one) => "ErrorCode" in one).length };
          };
          await putApplicationLines({ send: put } as unknown as FirehoseClient, "any", lines, linesPerRecord);
          const packed = taken.map((record) => record.trimEnd().split("\n"));
          expect(packed.every((one) => one.length <= linesPerRecord)).toBe(true);
          expect(packed.flat().sort()).toEqual(lines.map(({ text }) => text).sort());
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe("applicationLines", () => {
  it("are JSON lines with an id of their own and the run's label", () => {
    const lines = applicationLines(100, "a1", NOW);
    const parsed = lines.map(({ text }) => JSON.parse(text));
    expect(parsed.map((line) => line["event.id"])).toEqual(lines.map(({ id }) => id));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(100);
    expect(parsed.every(({ labels }) => labels.run === "a1")).toBe(true);
    expect(lines.every(({ text }) => !text.includes("\n"))).toBe(true);
  });
});

describe("idsInSearch", () => {
  it("reads event.id as a dotted name and in an object, once for each document", async () => {
    const sources = [{ "event.id": "a" }, { event: { id: "b" } }, { "event.id": "a" }, { message: "no id" }];
    const hits = sources.map((_source, n) => ({ _index: "i", _id: String(n), _source }));
    const engine = await startServer((_, response) => {
      response.end(JSON.stringify({ ...wholeAnswer(), hits: { hits } }));
    });
    expect(await idsInSearch({ endpoint: engine.origin, indexPattern: "applications-*" }, "run")).toEqual([
      "a",
      "b",
      "a",
    ]);
    await engine.stop();
    expect(engine.requests[0]!.target).toBe("/applications-*/_search");
  });
});

describe("applicationTable", () => {
  const lane = {
    deliveryStream: "local-firehose-search",
    linesPerRecord: 1,
    search: { endpoint: "http://127.0.0.1:9200", indexPattern: "applications-*" },
    objects: { bucket: "logs", prefix: "firehose/" },
  };
  const complete: ApplicationLaneReport = {
    lane,
    put: 1_000,
    inSearch: { lines: 1_000, duplicates: 0 },
    inObjects: { lines: 1_000, duplicates: 0 },
    seconds: 7.44,
  };

  it("shows what was found where, and says that it is all", () => {
    const toS3 = { ...complete, lane: { ...lane, deliveryStream: "to-s3", search: undefined }, inSearch: undefined };
    expect(applicationTable([complete, toS3], 100)).toBe(
      [
        "  delivery stream        put    in search  in S3  duplicates  lost  found after",
        "  local-firehose-search  1,000  1,000      1,000  0           0     7.4 s",
        "  to-s3                  1,000  -          1,000  0           0     7.4 s",
        "",
        "Every line was found once, wherever Firehose delivers it to.",
        "local-firehose-search delivers to http://127.0.0.1:9200/applications-* and s3://logs/firehose/.",
        "to-s3 delivers to s3://logs/firehose/.",
      ].join("\n"),
    );
  });

  it.each([
    ["lost in search", { inSearch: { lines: 999, duplicates: 0 } }],
    ["lost in S3", { inObjects: { lines: 999, duplicates: 0 } }],
    ["there twice", { inObjects: { lines: 1_000, duplicates: 1 } }],
  ])("says so when a line is %s", (_, changes) => {
    const report = { ...complete, ...changes };
    expect(isDeliveredOnce(report)).toBe(false);
    expect(applicationTable([report], 100)).toContain("NOT every line was found once.");
  });
});
