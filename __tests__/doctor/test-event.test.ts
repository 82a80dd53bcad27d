import { gzipSync } from "node:zlib";
import { doctorText } from "../../doctor/report";
import type { TestEventOptions } from "../../doctor/test-event/examine";
import { awsError, examinedPipeline, functionWith, NOW_MS, type PipelineToBreak, streamArnOf } from "./pipeline";

const GROUP = "/aws/lambda/shop";

/** Where an event comes to, and when, in ms after it was put; undefined: never. */
interface EventWay {
  indexedMs?: number;
  archivedMs?: number;
  rejection?: string;
  deadLettered?: boolean;
  filterPattern?: string;
}

/** Examines a pipeline with --test-event. */
async function tested(way: EventWay, breakIt: (pipeline: PipelineToBreak) => void = () => undefined) {
  const told: string[] = [];
  let now = NOW_MS;
  const clock: TestEventOptions["clock"] = {
    nowMs: () => now,
    async sleep(ms) {
      now += ms;
    },
  };
  const written: Record<string, unknown>[] = [];
  const searched: string[] = [];
  const report = await examinedPipeline(
    (pipeline) => {
      const { answers, engine } = pipeline;
      answers.CreateLogStreamCommand = () => ({});
      answers.PutLogEventsCommand = (input) => {
        written.push(input);
        return {};
      };
      answers.TestMetricFilterCommand = () => ({ matches: [] });
      const isAt = (ms: number | undefined) => written.length > 0 && ms !== undefined && now - NOW_MS >= ms;
      pipeline.engine = new Proxy(engine, {
        get(target, path: string) {
          if (!path.endsWith("/_search")) return target[path];
          searched.push(decodeURIComponent(path));
          return {
            status: 200,
            body: { hits: { hits: isAt(way.indexedMs) ? [{ _index: "cwl-shop-2026.11.28" }] : [] } },
          };
        },
      });
      answers.ListObjectsV2Command = ({ Prefix }) => {
        const of = (key: string) => ({ Contents: [{ Key: `${Prefix}${key}`, LastModified: new Date(now) }] });
        if (String(Prefix).startsWith("archive/2026/11/28/10/") && isAt(way.archivedMs)) return of("shard-1.gz");
        if (String(Prefix).startsWith("rejected/2026/11/28/10/") && way.rejection) return of("shard-1.gz");
        if (String(Prefix).startsWith("dead-letter/2026/11/28/10/logs_shop/") && way.deadLettered) return of("shard-1");
        return {};
      };
      answers.GetObjectCommand = () => {
        const { logStreamName: logStream } = written[0]!;
        const line = JSON.stringify({ rejection: way.rejection, logStream, logEvents: [] });
        return { Body: { transformToByteArray: async () => gzipSync(`{}\n${line}\n`) } };
      };
      answers.DescribeSubscriptionFiltersCommand = () => ({
        subscriptionFilters: [{ destinationArn: streamArnOf("logs_shop"), filterPattern: way.filterPattern ?? "" }],
      });
      breakIt(pipeline);
    },
    { testEvent: { waitSeconds: 30, clock, say: (text) => told.push(text) } },
  );
  return { report, told, written, searched, tookMs: now - NOW_MS };
}

const foundOf = async (way: EventWay, breakIt?: (pipeline: PipelineToBreak) => void) => {
  const { report } = await tested(way, breakIt);
  return report.findings.filter(({ check }) => check === "test-event").map(({ found, command }) => [found, command]);
};

describe("a test event", () => {
  it("is found in index and archive by its log stream, and says how long that took and what was written", async () => {
    const { report, told, written, searched } = await tested({ indexedMs: 3_000, archivedMs: 4_000 });
    const [{ logStreamName, logGroupName, logEvents }] = written as [Record<string, unknown>];
    expect(logStreamName).toMatch(/^doctor-[0-9a-f-]{36}$/);
    expect([logGroupName, written.length]).toEqual([GROUP, 1]);
    expect(JSON.parse((logEvents as { message: string }[])[0]!.message)).toMatchObject({ "log.level": "info" });
    expect(searched[0]).toMatch(/^\/cwl-\S*\/_search$/);
    expect(report.testEvents).toEqual([
      {
        ...{ logGroup: GROUP, logStream: logStreamName, putMs: NOW_MS, searchableMs: 3_000 },
        ...{
          index: "cwl-shop-2026.11.28",
          archived: expect.stringMatching(/^archive\/2026\/11\/28\/10\/.+\/shard-1\.gz$/),
        },
      },
    ]);
    expect(report.findings).toEqual([]);
    expect(told).toEqual([`Puts a test event into ${GROUP}, and looks for it for up to 30 s.`]);
    expect(doctorText(report)).toMatch(
      /^Test event of \/aws\/lambda\/shop: searchable in cwl-shop-2026\.11\.28 after 3,000 ms, archived as archive\/.*\.\n {2}Written: one event, into the log stream doctor-\S+\. To remove that: aws logs delete-log-stream .*\nNothing is wrong/,
    );
  });

  it("is given up after the time that is given, and looked for where it can be stuck", async () => {
    expect((await tested({})).tookMs).toBe(30_000);
    const nowhere = "it has not come through the stream logs_shop, whose function reads records that are 3 s old";
    expect(await foundOf({})).toEqual([[`after 30 s ${nowhere}`, "aws logs tail /aws/lambda/logs_shop --since 1h"]]);
    expect(await foundOf({ archivedMs: 1_000 })).toEqual([
      [
        "after 30 s it is in the archive, and not in the index: a rule leaves it out, or it is not searchable yet",
        expect.any(String),
      ],
    ]);
    expect(await foundOf({ indexedMs: 1_000 })).toEqual([
      ["after 30 s it is in cwl-shop-2026.11.28, and in no object of the archive", expect.any(String)],
    ]);
    expect(await foundOf({ archivedMs: 0, rejection: "400 mapper_parsing_exception" })).toEqual([
      [
        "after 30 s the index has rejected it: 400 mapper_parsing_exception",
        expect.stringMatching(/^aws s3 cp \S*s3:\/\/logs-archive\/rejected\/\S+ - \| zcat$/),
      ],
    ]);
    expect(await foundOf({ deadLettered: true })).toEqual([
      [
        "after 30 s it is nowhere, and records came into dead-letter/2026/11/28/10/logs_shop/shard-1 since it was put",
        expect.any(String),
      ],
    ]);
    expect(
      await foundOf({}, ({ answers }) => {
        answers.ListEventSourceMappingsCommand = () => ({ EventSourceMappings: [] });
      }),
    ).toEqual([["after 30 s it is in the stream logs_shop, which nobody reads", expect.any(String)]]);
  });

  it("is looked for in the archive alone where events go to another stream", async () => {
    const { report } = await tested({ archivedMs: 1_000 }, (pipeline) => {
      const target = { TARGET_STREAM_ARN: streamArnOf("elsewhere"), SEARCH_ENDPOINT: "" };
      functionWith(target)(pipeline);
    });
    expect(report.findings.filter(({ check }) => check === "test-event")).toEqual([]);
  });

  it("is not put where the subscription would leave it out, or none is found", async () => {
    const { report, written } = await tested({ filterPattern: "ERROR" });
    expect(written).toEqual([]);
    expect(report.unchecked).toEqual([
      {
        ...{ checks: ["test-event"], subject: GROUP },
        reason: 'no test event was put, as the subscription\'s pattern "ERROR" would leave it out',
      },
    ]);
    const without = await tested({}, ({ answers }) => {
      answers.DescribeSubscriptionFiltersCommand = () => ({ subscriptionFilters: [] });
    });
    expect(without.written).toEqual([]);
    expect(without.report.unchecked).toContainEqual(
      expect.objectContaining({
        reason: "no test event was put, as its way to a function of the pipeline is not found",
      }),
    );
  });

  it("tells what was written even if it cannot be followed, and which permission was missing", async () => {
    const { report } = await tested({ indexedMs: 0 }, ({ answers }) => {
      const healthy = answers.ListObjectsV2Command!;
      answers.ListObjectsV2Command = (input) => {
        if (String(input.Prefix).startsWith("archive/")) throw awsError("AccessDenied", 403);
        return healthy(input);
      };
    });
    expect(report.testEvents).toMatchObject([{ logGroup: GROUP, logStream: expect.stringMatching(/^doctor-/) }]);
    expect(report.unchecked).toMatchObject([
      { checks: ["test-event"], needs: expect.stringContaining("s3:GetObject") },
    ]);
  });
});
