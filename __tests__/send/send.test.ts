import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sendAccount } from "../../send/send";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";

const CONFIG = `[default]
region = eu-west-1
[profile shop]
region = us-east-2
[profile bare]
output = json
`;

describe("the account of send --aws", () => {
  const environment = process.env;
  let directory: TemporaryDirectory;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    writeFileSync(join(directory.path, "config"), CONFIG);
  });

  afterAll(() => directory.remove());

  afterEach(() => {
    process.env = environment;
  });

  const withEnvironment = (variables: NodeJS.ProcessEnv) => {
    const AWS_SHARED_CREDENTIALS_FILE = join(directory.path, "credentials");
    process.env = { AWS_CONFIG_FILE: join(directory.path, "config"), AWS_SHARED_CREDENTIALS_FILE, ...variables };
    return sendAccount({ aws: true, pid: undefined });
  };

  it.each([
    ["AWS_REGION, before that of a profile", { AWS_REGION: "eu-central-1", AWS_PROFILE: "shop" }, "eu-central-1"],
    ["the profile of AWS_PROFILE", { AWS_PROFILE: "shop" }, "us-east-2"],
    ["the profile default", {}, "eu-west-1"],
  ])("is in the region of %s", async (_, variables, region) => {
    expect(await withEnvironment(variables)).toEqual({
      where: `your AWS account, ${region},`,
      configuration: { region, maxAttempts: 1 },
    });
  });

  it("says what to do where nothing names a region", async () => {
    await expect(withEnvironment({ AWS_PROFILE: "bare" })).rejects.toMatchObject({
      name: "UsageError",
      errors: [expect.stringMatching(/^--aws needs a region, and none is configured: set AWS_REGION, or /)],
    });
  });
});
