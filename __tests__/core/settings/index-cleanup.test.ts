import { parseIndexCleanupEnvironment } from "../../../core/settings/index-cleanup";

const REQUIRED = {
  SEARCH_ENDPOINT: "https://search.example",
  PIPELINE_NAME: "logs",
  INDEX_PREFIX: "cwl-",
  AWS_REGION: "eu-central-1",
};

describe("parseIndexCleanupEnvironment", () => {
  it("reads the rules, and defaults", () => {
    expect(parseIndexCleanupEnvironment({ ...REQUIRED, KEEP_DAYS: "30" })).toEqual({
      ...REQUIRED,
      SEARCH_REGION: "",
      SEARCH_SECRET_ARN: "",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: "",
      INDEX_PERIOD: "day",
      INDEX_HISTORY: [],
      KEEP_DAYS: 30,
      KEEP_COUNT: 0,
      MAX_DISK_PERCENT: 0,
      MAX_DELETIONS_PER_RUN: 500,
      DRY_RUN: false,
      METRICS_NAMESPACE: "",
    });
  });

  it.each(["", "*", "cwl-*", "cwl-,", " ", "-x", "_all"])("refuses the prefix %j", (prefix) => {
    expect(() => parseIndexCleanupEnvironment({ ...REQUIRED, KEEP_DAYS: "1", INDEX_PREFIX: prefix })).toThrow(
      /INDEX_PREFIX is/,
    );
  });

  it("names all mistakes together, the lack of a rule, too", () => {
    const given = { ...REQUIRED, INDEX_PREFIX: "*", MAX_DELETIONS_PER_RUN: "0", DRY_RUN: "yes" };
    expect(() => parseIndexCleanupEnvironment(given)).toThrow(
      /INDEX_PREFIX.*\n.*MAX_DELETIONS_PER_RUN.*\n.*DRY_RUN.*\n.*KEEP_DAYS, KEEP_COUNT and MAX_DISK_PERCENT are 0/,
    );
  });

  it("does not miss a rule that is there and mistyped", () => {
    expect(() => parseIndexCleanupEnvironment({ ...REQUIRED, KEEP_DAYS: "-1" })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining("are 0") }),
    );
  });
});
