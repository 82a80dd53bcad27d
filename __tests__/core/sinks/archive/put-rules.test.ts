import { classify } from "../../../../core/retry/rule";
import { S3_RULES } from "../../../../core/sinks/archive/put-rules";

const outcomeOf = (status: number, code = "") => classify(S3_RULES, { status, code }).outcome;

describe("S3_RULES", () => {
  it("acknowledges nothing but 200", () => {
    for (let status = 100; status < 600; status++) expect(outcomeOf(status) === "acknowledged").toBe(status === 200);
  });

  it.each([
    [503, "SlowDown"],
    [503, "ServiceUnavailable"],
    [500, "InternalError"],
    [502, ""],
    [429, "TooManyRequests"],
    [408, ""],
    [400, "RequestTimeout"],
    [409, "OperationAborted"],
  ])("retries after %i %s", (status, code) => {
    expect(outcomeOf(status, code)).toBe("retried");
  });

  it.each([
    [301, "PermanentRedirect", "must be in the function's region"],
    [307, "TemporaryRedirect", "must be in the function's region"],
    [403, "AccessDenied", "s3:PutObject"],
    [400, "ExpiredToken", "s3:PutObject"],
    [400, "KMS.DisabledException", "KMS key"],
    [404, "NoSuchBucket", "the bucket exists"],
    [405, "MethodNotAllowed", "the bucket exists"],
  ])("returns the batch to Lambda after %i %s, with advice", (status, code, advice) => {
    const exit = classify(S3_RULES, { status, code });
    expect([exit.outcome, exit.advice]).toEqual(["returned to Lambda", expect.stringContaining(advice)]);
  });
});
