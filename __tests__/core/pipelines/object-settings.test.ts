import { objectSettings } from "../../../core/pipelines/object-settings";
import { parseAccessLogsEnvironment } from "../../../core/settings/access-logs";

const settingsOf = (rules: unknown[]) =>
  objectSettings(
    parseAccessLogsEnvironment({
      ...{ SEARCH_ENDPOINT: "https://search.example", AWS_REGION: "eu-central-1", QUARANTINE_BUCKET: "my-archive" },
      QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/111111111111/access-logs",
      ACCESS_LOG_SOURCES: JSON.stringify([{ name: "alb", bucket: "my-logs" }]),
      RULES: JSON.stringify(rules),
    }),
  );

describe("objectSettings", () => {
  it("parses lines of which rules redact a part", () => {
    const line =
      "2 123456789010 eni-1235b8ca123456789 [REDACTED] [REDACTED] 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK";
    const { parsing } = settingsOf([{ action: "redact", what: ["ipv4"] }]);
    expect(parsing.of("vpc_flow", [])?.parse(line)?.fields).toMatchObject({ event: { dataset: "aws.vpc_flow" } });
  });
});
