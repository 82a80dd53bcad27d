import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { withoutProvider } from "../support/module-calls";
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
import { expectRejectedTogether, RejectionBatch } from "../support/rejections";
import { synthesizedStacks, type TerraformFolder } from "../support/terraform";

jest.setTimeout(300_000);

let stacks: TerraformFolder;
const batch = new RejectionBatch();

beforeAll(async () => {
  stacks = await synthesizedStacks();
  await Promise.all((await readdir(stacks.directory)).map((name) => withoutProvider(join(stacks.directory, name))));
});

afterAll(() => stacks?.remove());

/** The message of each validation, from the end of the given value on. */
async function rulesOf(directory: string): Promise<string[]> {
  const { variable } = JSON.parse(await readFile(join(directory, "cdk.tf.json"), "utf8"));
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
  const folder = () => join(stacks.directory, name);
  const ofInputs = batch.addInputs(folder, inputs, required);
  const ofTogether = batch.add(folder, together.given);

  it.each(inputs.flatMap(({ messages }) => messages))(
    "are rejected with the value and the allowed values: %s",
    async (start) => {
      expect(await ofInputs()).toContainEqual(expect.stringContaining(start));
    },
  );

  it("are rejected when they break constraints, all together", async () => {
    expectRejectedTogether(await ofTogether(), together);
  });

  if (name === "log-archive") {
    const withoutOptions = batch.add(folder, rejectedWithoutOptions.given);

    it("are rejected if they are about an option that is not given", async () => {
      expectRejectedTogether(await withoutOptions(), rejectedWithoutOptions);
    });
  }

  if (name === "logging-pipeline") {
    const search_endpoint = "https://logs.es.eu-central-1.aws.Elastic-Cloud.com:9243";
    const signed = batch.add(folder, { search_endpoint });

    it("are rejected if Elastic Cloud is to take requests that AWS signs", async () => {
      expect(await signed()).toEqual([
        expect.stringContaining(
          `search_endpoint = "${search_endpoint}": allowed is an endpoint of Elastic Cloud only with search_credentials`,
        ),
      ]);
    });

    const ownLogs = "/aws/OpenSearchService/domains/logging-pipeline/audit-logs";
    const log_groups = { [ownLogs]: { create: false }, "/aws/OpenSearchService/domains/other/audit-logs": {} };
    const redacted = batch.add(folder, { archive_content: "redacted", log_groups });

    it("are rejected if the archive is to have redacted what no rule redacts, or the domain its own logs", async () => {
      expect(await redacted()).toEqual([
        expect.stringContaining(`log_groups = "${ownLogs}": allowed is any log group but the domain's own`),
        expect.stringContaining(
          'archive_content = "redacted": allowed is redacted only if a rule of log_groups or streams redacts',
        ),
      ]);
    });
  }

  it("have no rule without a value that it rejects", async () => {
    const seen = (await ofInputs()).map(
      (message) => `${/^\w+/.exec(message)} ${message.slice(message.indexOf(": allowed is "))}`,
    );

    const rules = await rulesOf(folder());
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter((rule) => !seen.includes(rule))).toEqual([]);
  });
});
