import { synthesizedStack } from "../support/terraform";

jest.setTimeout(300_000);

it.each(["logging-pipeline", "log-archive", "archive-queries", "access-logs", "firehose-s3", "firehose-search"])(
  "the stack %s is found valid by Terraform",
  async (name) => {
    const stack = await synthesizedStack(name);
    try {
      expect(await stack.validate()).toContain("The configuration is valid");
    } finally {
      await stack.remove();
    }
  },
);
