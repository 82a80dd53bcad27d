import { classify } from "../../../../core/retry/rule";
import type { ItemResult } from "../../../../core/sinks/opensearch/bulk-response";
import { classifyItem, failureKind, ITEM_RULES, rejectionOf } from "../../../../core/sinks/opensearch/item-rules";

const error = (status: number, type: string, reason = ""): ItemResult => ({ status, error: { type, reason } });
const outcomeOf = (result: ItemResult, isText = false) => classifyItem(result, isText).outcome;

describe("ITEM_RULES", () => {
  it.each<[ItemResult, string]>([
    [{ status: 200 }, "acknowledged"],
    [{ status: 201 }, "acknowledged"],
    [error(409, "version_conflict_engine_exception"), "acknowledged"],
    [error(401, "security_exception"), "returned to Lambda"],
    [error(403, "security_exception"), "returned to Lambda"],
    [{ status: 403 }, "returned to Lambda"],
    [error(403, "cluster_block_exception"), "retried"],
    [error(403, "index_create_block_exception"), "retried"],
    [error(404, "index_not_found_exception"), "retried"],
    [error(408, "timeout"), "retried"],
    [error(429, "rejected_execution_exception"), "retried"],
    [error(429, "cluster_block_exception"), "retried"],
    [error(500, "null_pointer_exception"), "retried"],
    [error(503, "unavailable_shards_exception"), "retried"],
    [error(400, "index_closed_exception", "closed"), "retried"],
    // OpenSearch 2.19.6, Elasticsearch 7.17.28 and 8.17.0.
    [
      error(
        400,
        "validation_exception",
        "Validation Failed: 1: this action would add [2] total shards, but this cluster currently has [1]/[1] maximum shards open;",
      ),
      "retried",
    ],
    [
      error(
        400,
        "illegal_argument_exception",
        "Validation Failed: 1: this action would add [2] shards, but this cluster currently has [1]/[1] maximum normal shards open;",
      ),
      "retried",
    ],
    [error(400, "illegal_argument_exception", "no write index is defined for alias [cwl-foo-2026.11.21]."), "retried"],
  ])("classifies %j the same, with its fields and as text: %s", (result, outcome) => {
    expect([outcomeOf(result, false), outcomeOf(result, true)]).toEqual([outcome, outcome]);
  });

  it.each<[ItemResult]>([
    [error(400, "mapper_parsing_exception", "failed to parse field [level] of type [long]")],
    [error(400, "document_parsing_exception", "[1:231] failed to parse: field name cannot be an empty string")],
    [error(400, "illegal_argument_exception", "Limit of total fields [1000] has been exceeded")],
    [error(400, "illegal_argument_exception", "mapper [x] cannot be changed from type [text] to [long]")],
    [error(400, "strict_dynamic_mapping_exception", "mapping set to strict")],
    [error(400, "invalid_index_name_exception")],
    [error(413, "too_large")],
    [{ status: 400 }],
    [{ status: 418 }],
    [{ status: 302 }],
  ])("indexes an event with %j as text, and rejects it if it was sent as text", (result) => {
    expect([outcomeOf(result, false), outcomeOf(result, true)]).toEqual(["indexed as text", "rejected"]);
  });

  it("classifies by the table, also a status that is cached", () => {
    for (const isText of [false, true, false]) {
      for (let status = 100; status < 600; status++) {
        for (const result of [{ status }, error(status, "cluster_block_exception"), { status }]) {
          expect(classifyItem(result, isText)).toBe(classify(ITEM_RULES, { ...result, isText }));
        }
      }
    }
  });

  it("has an outcome for every status", () => {
    for (let status = 100; status < 600; status++) expect(outcomeOf({ status })).toBeDefined();
  });
});

describe("failureKind", () => {
  it("is the same for all failures of a kind, whatever their reasons", () => {
    const failures = [1, 2, 3].map((n) => failureKind(error(429, "rejected_execution_exception", `bytes=${n}`)));
    expect(new Set(failures)).toEqual(new Set(["429 rejected_execution_exception"]));
  });
});

describe("rejectionOf", () => {
  it("names status, type, reason and cause", () => {
    const caused_by = { reason: "x" };
    expect(rejectionOf({ status: 400, error: { type: "mapper_parsing_exception", reason: "bad", caused_by } })).toBe(
      "400 mapper_parsing_exception: bad (x)",
    );
  });

  it("cuts a reason that repeats the document", () => {
    expect(rejectionOf(error(400, "mapper_parsing_exception", "x".repeat(1_000_000)))).toHaveLength(1000);
  });

  it("consists of the status without an error", () => {
    expect(rejectionOf({ status: 413 })).toBe("413");
  });
});
