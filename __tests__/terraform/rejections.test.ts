import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  REQUIRED_BY_ACCESS_LOGS,
  rejectedByAccessLogs,
  rejectedTogetherByAccessLogs,
} from "../support/rejected-access-logs";
import { rejectedByArchiveQueries, rejectedTogetherByArchiveQueries } from "../support/rejected-archive-queries";
import {
  REQUIRED_BY_FIREHOSE_S3,
  REQUIRED_BY_FIREHOSE_SEARCH,
  rejectedByFirehoseS3,
  rejectedByFirehoseSearch,
  rejectedTogetherByFirehoseS3,
  rejectedTogetherByFirehoseSearch,
} from "../support/rejected-firehose";
import {
  rejectedByArchive,
  rejectedByPipeline,
  rejectedTogetherByArchive,
  rejectedTogetherByPipeline,
  rejectedWithoutOptions,
} from "../support/rejected-inputs";
import { expectRejectedTogether, rejectionsOf } from "../support/rejections";
import { type SynthesizedStack, synthesizedStack } from "../support/terraform";

jest.setTimeout(300_000);

/** The message of each validation, from the end of the given value on. */
async function rulesOf(stack: SynthesizedStack): Promise<string[]> {
  const { variable } = JSON.parse(await readFile(join(stack.directory, "cdk.tf.json"), "utf8"));
  return Object.entries(variable as Record<string, { validation?: { error_message: string }[] }>).flatMap(
    ([name, { validation = [] }]) =>
      validation.map(({ error_message }) => `${name} ${error_message.slice(error_message.indexOf(": allowed is "))}`),
  );
}

describe.each([
  ["logging-pipeline", rejectedByPipeline, rejectedTogetherByPipeline, {}],
  ["log-archive", rejectedByArchive, rejectedTogetherByArchive, {}],
  ["archive-queries", rejectedByArchiveQueries, rejectedTogetherByArchiveQueries, {}],
  ["access-logs", rejectedByAccessLogs, rejectedTogetherByAccessLogs, REQUIRED_BY_ACCESS_LOGS],
  ["firehose-s3", rejectedByFirehoseS3, rejectedTogetherByFirehoseS3, REQUIRED_BY_FIREHOSE_S3],
  ["firehose-search", rejectedByFirehoseSearch, rejectedTogetherByFirehoseSearch, REQUIRED_BY_FIREHOSE_SEARCH],
])("the variables of stack %s", (name, inputs, together, required) => {
  let stack: SynthesizedStack;
  let rejections: string[];

  beforeAll(async () => {
    stack = await synthesizedStack(name);
    rejections = await rejectionsOf(stack, inputs, required);
  });

  afterAll(() => stack?.remove());

  it.each(inputs.flatMap(({ messages }) => messages))(
    "are rejected with the value and the allowed values: %s",
    (start) => {
      expect(rejections).toContainEqual(expect.stringContaining(start));
    },
  );

  it("are rejected when they break constraints, all together", async () => {
    await expectRejectedTogether(stack, together);
  });

  if (name === "log-archive") {
    it("are rejected if they are about an option that is not given", async () => {
      await expectRejectedTogether(stack, rejectedWithoutOptions);
    });
  }

  if (name === "logging-pipeline") {
    it("are rejected if Elastic Cloud is to take requests that AWS signs", async () => {
      const search_endpoint = "https://logs.es.eu-central-1.aws.Elastic-Cloud.com:9243";
      expect(await stack.rejections({ search_endpoint })).toEqual([
        expect.stringContaining(
          `search_endpoint = "${search_endpoint}": allowed is an endpoint of Elastic Cloud only with search_credentials`,
        ),
      ]);
    });

    it("are rejected if the archive is to have redacted what no rule redacts, or the domain its own logs", async () => {
      const ownLogs = "/aws/OpenSearchService/domains/logging-pipeline/audit-logs";
      const log_groups = { [ownLogs]: { create: false }, "/aws/OpenSearchService/domains/other/audit-logs": {} };
      expect(await stack.rejections({ archive_content: "redacted", log_groups })).toEqual([
        expect.stringContaining(`log_groups = "${ownLogs}": allowed is any log group but the domain's own`),
        expect.stringContaining(
          'archive_content = "redacted": allowed is redacted only if a rule of log_groups or streams redacts',
        ),
      ]);
    });
  }

  it("have no rule without a value that it rejects", async () => {
    const seen = rejections.map(
      (message) => `${/^\w+/.exec(message)} ${message.slice(message.indexOf(": allowed is "))}`,
    );

    const rules = await rulesOf(stack);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter((rule) => !seen.includes(rule))).toEqual([]);
  });
});
