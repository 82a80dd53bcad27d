import { pageAssets } from "../../local/page/server/assets";
import type { PageLane, PageState } from "../../local/page/shared/page-state";

/** Of a pipeline that is starting. */
export const pageState: PageState = {
  at: 3,
  phase: "starting",
  steps: [
    { title: "Check prerequisites", status: "done", seconds: 1.2 },
    {
      title: "Apply the stacks",
      status: "running",
      since: 1,
      children: [
        {
          title: "log-archive: apply",
          status: "running",
          since: 2,
          output: "1 of 2 resources",
          resources: [
            { address: "aws_s3_bucket.this", status: "applied" },
            { address: "aws_s3_bucket_policy.this", status: "applying" },
          ],
        },
        { title: "Search engine", status: "waiting" },
      ],
    },
  ],
  services: [
    { name: "AWS emulator", url: "http://127.0.0.1:5000", status: "up" },
    { name: "Search engine", url: "http://127.0.0.1:9200", status: "awaited" },
  ],
  lanes: [],
};

/** A page of nothing, for tests of what serves it. */
export const emptyPage = pageAssets({ js: "export {};", css: "" });

/** Of a log group that delivers. */
export const pageLane: PageLane = {
  ...{ id: "arn:aws:kinesis:eu-central-1:123456789012:stream/foo", kind: "log groups", title: "foo", isAlive: true },
  sources: [{ kind: "log group", name: "foo", address: 'aws_cloudwatch_log_group.this["foo"]' }],
  stream: { kind: "stream", name: "logging-pipeline_foo", address: 'aws_kinesis_stream.this["foo"]' },
  function: { kind: "function", name: "logging-pipeline_foo" },
  destinations: [
    { kind: "index", name: "cwl-*-20*.*.*" },
    { kind: "archive", name: "logging-pipeline-archive-123456789012-eu-central-1" },
  ],
  counts: {
    ...{ put: 1_001, indexed: 1_001, archived: 1_001, retried: 12, returned: 3, rejected: 2, deadLettered: 0 },
  },
  audit: {
    ...{ isRunning: false, atMs: Date.UTC(2026, 10, 28, 11, 1, 3), findings: [], command: "npm run audit" },
    found: { lost: 0, duplicated: 0, extra: 0, altered: 0 },
  },
  eventsPerSecond: 100.1,
  lagMs: { p50: 5_800, p95: 9_100 },
  iteratorAgeMs: 2_400,
  history: { 2: [500, 5_800], 3: [501] },
};
