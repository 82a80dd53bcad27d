import { parseFirehoseTransformEnvironment } from "../../../core/settings/firehose-transform";

describe("parseFirehoseTransformEnvironment", () => {
  it("needs nothing, and delivers to search by default", () => {
    expect(parseFirehoseTransformEnvironment({})).toEqual({
      DESTINATION: "search",
      TIME_FIELD: "",
      PARSER: "none",
      PARSER_FIELDS: "",
      KEEP_MESSAGE: true,
      EVENT_ORIGINAL: false,
      EXTRACT_FIELDS: [],
      RULES: [],
      METRICS_NAMESPACE: "",
    });
  });

  it("reports all that is wrong together", () => {
    const env = { DESTINATION: "S3", TIME_FIELD: "a b", KEEP_MESSAGE: "yes" };
    expect(() => parseFirehoseTransformEnvironment(env)).toThrow(/DESTINATION.*TIME_FIELD.*KEEP_MESSAGE/s);
  });
});
