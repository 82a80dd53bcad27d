import { ERROR_CODES, type ErrorCode, PipelineError } from "../../core/errors";
import { parseEnvironment } from "../../core/settings/environment";
import { EnvironmentError } from "../../core/settings/parse-variables";
import { ArchiveError } from "../../core/sinks/archive/put-object";
import { DeliveryError } from "../../core/sinks/opensearch/delivery-error";

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

describe("PipelineError", () => {
  it.each(codes)("is retryable with code %s exactly if the table of codes says so", (code) => {
    for (const error of [new DeliveryError(code, "no"), new ArchiveError(code, "no")]) {
      expect(error).toBeInstanceOf(PipelineError);
      expect([error.code, error.retryable]).toEqual([code, ERROR_CODES[code].retryable]);
      expect(String(error)).toBe(`${error.name}: no`);
    }
  });

  it("is what the function's start throws for an environment that is not allowed", () => {
    expect(() => parseEnvironment({})).toThrow(EnvironmentError);
    expect(() => parseEnvironment({})).toThrow(
      expect.objectContaining({ code: "INVALID_ENVIRONMENT", retryable: false }),
    );
  });
});

describe("ERROR_CODES", () => {
  it.each(Object.entries(ERROR_CODES))(
    "explains %s, and what to do, in whole sentences",
    (code, { meaning, remedy }) => {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Z].+\.$/);
    },
  );
});
