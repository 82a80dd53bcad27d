import type { ItemResult } from "../../../functions/forwarder/bulk";
import {
  DeliveryError,
  failureOf,
  itemOutcome,
  refusalOf,
  requestOutcome,
  stopped,
} from "../../../functions/forwarder/outcomes";

const error = (status: number, type: string, reason = ""): ItemResult => ({ status, error: { type, reason } });

describe("requestOutcome", () => {
  test.each([
    [200, "done"],
    [400, "split"],
    [413, "split"],
    [429, "retry"],
    [500, "retry"],
    [502, "retry"],
    [503, "retry"],
    [504, "retry"],
    [301, "stop"],
    [401, "stop"],
    [403, "stop"],
    [404, "stop"],
    [405, "stop"],
  ])("calls a status of %i %s", (status, outcome) => {
    expect(requestOutcome(status)).toBe(outcome);
  });
});

describe("itemOutcome", () => {
  test.each<[ItemResult, string]>([
    [{ status: 201 }, "done"],
    [{ status: 200 }, "done"],
    [error(409, "version_conflict_engine_exception"), "done"],
    [error(429, "rejected_execution_exception"), "retry"],
    [error(503, "unavailable_shards_exception"), "retry"],
    [error(500, "null_pointer_exception"), "retry"],
    [error(404, "index_not_found_exception"), "retry"],
    [error(403, "cluster_block_exception"), "retry"],
    [error(403, "index_create_block_exception"), "retry"],
    [error(400, "index_closed_exception"), "retry"],
    [error(403, "security_exception"), "stop"],
    [{ status: 403 }, "stop"],
    [error(400, "mapper_parsing_exception"), "text"],
    [error(400, "document_parsing_exception"), "text"],
    [error(400, "illegal_argument_exception", "Limit of total fields [1000] has been exceeded"), "text"],
  ])("calls %j %s", (result, outcome) => {
    expect(itemOutcome(result)).toBe(outcome);
  });

  test.each([
    [
      "validation_exception",
      "this action would add [2] shards, but this cluster currently has [1000]/[1000] maximum normal shards open;",
    ],
    [
      "illegal_argument_exception",
      "Validation Failed: 1: this action would add [10] total shards, but this cluster currently has [2402]/[2000] maximum shards open;",
    ],
  ])("retries when the cluster may open no more shards, whatever the type: %s", (type, reason) => {
    expect(itemOutcome(error(400, type, reason))).toBe("retry");
  });
});

describe("failureOf", () => {
  it("is the same for all failures of a kind, whatever their reasons say", () => {
    const failures = [1, 2, 3].map((n) => failureOf(error(429, "rejected_execution_exception", `bytes=${n}`)));
    expect(new Set(failures)).toEqual(new Set(["429 rejected_execution_exception"]));
  });
});

describe("refusalOf", () => {
  it("names status, type, reason and cause", () => {
    const result = {
      status: 400,
      error: { type: "mapper_parsing_exception", reason: "bad", caused_by: { reason: "x" } },
    };
    expect(refusalOf(result)).toBe("400 mapper_parsing_exception: bad (x)");
  });

  it("is short where the reason repeats the document", () => {
    expect(refusalOf(error(400, "mapper_parsing_exception", "x".repeat(1_000_000)))).toHaveLength(1000);
  });

  it("does without an error", () => {
    expect(refusalOf({ status: 400 })).toBe("400 error: ");
  });
});

describe("stopped", () => {
  test.each([401, 403])("tells after %i who must be allowed what", (status) => {
    const error = stopped(status, "https://search.example", "no permissions");
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error.message).toContain(`https://search.example answered ${status} to _bulk.`);
    expect(error.message).toContain("role es:ESHttpPost on this domain's _bulk");
    expect(error.message).toContain("It said: no permissions");
  });

  it("points at SEARCH_ENDPOINT after a status that no engine gives, and quotes only the answer's beginning", () => {
    const { message } = stopped(404, "https://search.example", "x".repeat(5000));
    expect(message).toContain("Check that SEARCH_ENDPOINT is");
    expect(message.length).toBeLessThan(700);
  });
});
