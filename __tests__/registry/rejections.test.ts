import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipelineInputs } from "../../modules";
import { terraformDefault } from "../../registry/files/variables";
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
} from "../support/rejected-inputs";
import { expectRejectedTogether, RejectionBatch } from "../support/rejections";
import type { TerraformFolder } from "../support/terraform";
import { emittedModule } from "./support/module";

/** What the stack has as its default. */
const DEMANDED = { log_groups: terraformDefault(pipelineInputs.logGroups.default) };

jest.setTimeout(600_000);

let emitted: TerraformFolder;
const batch = new RejectionBatch();

beforeAll(async () => {
  emitted = await emittedModule();
});

afterAll(() => emitted?.remove());

/** The allowed values in the message of each validation. */
async function limitsIn(directory: string): Promise<string[]> {
  const text = await readFile(join(directory, "variables.tf"), "utf8");
  return [...text.matchAll(/: (allowed is (?:[^"\\]|\\.)*)"/g)].map(([, limit]) => JSON.parse(`"${limit}"`));
}

describe.each([
  ["the module", "", rejectedByPipeline, rejectedTogetherByPipeline, DEMANDED],
  ["modules/log-archive", "modules/log-archive", rejectedByArchive, rejectedTogetherByArchive, {}],
  [
    "modules/archive-queries",
    "modules/archive-queries",
    rejectedByArchiveQueries,
    rejectedTogetherByArchiveQueries,
    {},
  ],
  [
    "modules/access-logs",
    "modules/access-logs",
    rejectedByAccessLogs,
    rejectedTogetherByAccessLogs,
    REQUIRED_BY_ACCESS_LOGS,
  ],
  [
    "modules/firehose-s3",
    "modules/firehose-s3",
    rejectedByFirehoseS3,
    rejectedTogetherByFirehoseS3,
    REQUIRED_BY_FIREHOSE_S3,
  ],
  [
    "modules/firehose-search",
    "modules/firehose-search",
    rejectedByFirehoseSearch,
    rejectedTogetherByFirehoseSearch,
    REQUIRED_BY_FIREHOSE_SEARCH,
  ],
])("the variables of %s", (_, name, inputs, together, required) => {
  const folder = () => join(emitted.directory, name);
  const ofInputs = batch.addInputs(folder, inputs, required);
  const ofTogether = batch.add(folder, together.given);

  it.each(inputs.flatMap(({ messages }) => messages))(
    "are rejected with the value and the allowed values, as by the stack: %s",
    async (start) => {
      expect(await ofInputs()).toContainEqual(expect.stringContaining(start));
    },
  );

  it("are rejected when they break constraints, all together", async () => {
    expectRejectedTogether(await ofTogether(), together);
  });

  it("have no validation without a value that it rejects", async () => {
    const [limits, rejections] = [await limitsIn(folder()), await ofInputs()];

    expect(limits.length).toBeGreaterThan(5);
    expect(limits.filter((limit) => !rejections.some((rejection) => rejection.includes(limit)))).toEqual([]);
  });
});
