import fc from "fast-check";
import type { EngineError } from "../../../../core/http/engine-error";
import { classify } from "../../../../core/retry/rule";
import type { ItemResult } from "../../../../core/sinks/opensearch/bulk-response";
import { classifyItem, ITEM_RULES } from "../../../../core/sinks/opensearch/item-rules";

const error = (status: number, type: string, reason = ""): ItemResult => ({ status, error: { type, reason } });
const outcomeOf = (result: ItemResult, isText = false, isRepeated = true) =>
  classifyItem(result, { isText, isRepeated }).outcome;

const NO_WRITE_INDEX =
  "no write index is defined for alias [cwl-foo-2026.11.21]. The write index may be explicitly disabled using " +
  "is_write_index=false or the alias points to multiple indices without one being designated as a write index";

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
    [error(500, "engine_exception"), "retried"],
    [error(500, "null_pointer_exception"), "isolated"],
    [error(500, "stack_overflow_error"), "isolated"],
    [error(429, "circuit_breaking_exception"), "isolated"],
    [{ status: 500 }, "isolated"],
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
    [error(400, "illegal_argument_exception", NO_WRITE_INDEX), "retried"],
    [error(400, "illegal_argument_exception", "pipeline with id [geo ip] does not exist"), "retried"],
    // OpenSearch 3.7.0.
    [
      error(
        400,
        "validation_exception",
        "Validation Failed: 1: this action would add [1] total LOCAL_ONLY shards, but this cluster currently has [14]/[1] maximum LOCAL_ONLY shards open;",
      ),
      "retried",
    ],
    // Elasticsearch 8.18.
    [
      error(
        400,
        "illegal_argument_exception",
        "Validation Failed: 1: this action would add [2] shards, but this cluster currently has [1]/[1] maximum normal shards open; for more information, see https://www.elastic.co/guide/en/elasticsearch/reference/8.18/size-your-shards.html#troubleshooting-max-shards-open;",
      ),
      "retried",
    ],
  ])("classifies %j the same, with its fields and as text: %s", (result, outcome) => {
    const outcomes = [outcomeOf(result, false, false), outcomeOf(result, false, true), outcomeOf(result, true)];
    expect(new Set(outcomes)).toEqual(new Set([outcome]));
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

  /** How engines quote a text in a rejection. Seen on OpenSearch 2.19, Elasticsearch 7.17 and 8.17. */
  it("sends an event once more, with its fields, only if another request may have changed the mapping", () => {
    const race = error(400, "illegal_argument_exception", "mapper [x] cannot be changed from type [long] to [float]");
    const value = error(400, "mapper_parsing_exception", "failed to parse field [level] of type [long]");
    const full = error(400, "illegal_argument_exception", "Limit of total fields [1000] has been exceeded");
    const others = [value, full, { ...race, status: 500 }, error(400, "x", race.error?.reason), { status: 400 }];
    const first = (result: ItemResult) => outcomeOf(result, false, false);
    expect(first(race)).toBe("sent once more");
    expect(others.map(first)).not.toContain("sent once more");
  });

  const QUOTING: readonly ((text: string) => EngineError)[] = [
    (text) => ({
      type: "mapper_parsing_exception",
      reason: `failed to parse field [level] of type [long] in document with id '1'. Preview of field's value: '${text}'`,
      caused_by: { reason: `For input string: "${text}"` },
    }),
    (text) => ({ type: "document_parsing_exception", reason: `[1:9] failed to parse field [${text}]` }),
    (text) => ({ type: "mapper_parsing_exception", reason: text, caused_by: { reason: text } }),
    (text) => ({ type: "fail_processor_exception", reason: text }),
    (text) => ({ type: "strict_dynamic_mapping_exception", reason: `dynamic introduction of [${text}] within [_doc]` }),
    (text) => ({
      type: "illegal_argument_exception",
      reason: `mapper [${text}x] cannot be changed from type [text] to [long]`,
    }),
    (text) => ({ type: "illegal_argument_exception", reason: `can't merge [${text}]: mapper [${text}]` }),
    (text) => ({ type: "illegal_argument_exception", reason: "no", caused_by: { reason: text } }),
    (text) => ({
      type: "illegal_argument_exception",
      reason: `object field starting or ending with a [.] makes object resolution ambiguous: [${text}]`,
    }),
  ];

  const phrase = fc.constantFrom(
    "this action would add [2] total shards, but this cluster currently has [1000]/[1000] maximum shards open",
    "Validation Failed: 1: this action would add [2] total shards, but this cluster currently has [1]/[1] maximum shards open;",
    "no write index is defined for alias",
    NO_WRITE_INDEX,
    "pipeline with id [x] does not exist",
    "mapper [x] cannot be changed from type [long] to [float]",
    "index_closed_exception",
    "cluster_block_exception",
    "stack_overflow_error",
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(fc.oneof(phrase, fc.constantFrom("\n", "]. ", "'", '"', " ", "400 ")), { maxLength: 5 })
      .map((a) => a.join("")),
  );

  it("classifies an event the same, whatever text of it the engine quotes", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom(...QUOTING),
        fc.constantFrom(400, 403, 404, 409, 413, 429, 500, 503),
        fc.boolean(),
        fc.boolean(),
        (text, quoting, status, isText, isRepeated) => {
          expect(outcomeOf({ status, error: quoting(text) }, isText, isRepeated)).toBe(
            outcomeOf({ status, error: quoting("kitten") }, isText, isRepeated),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("classifies by the table, also a status that is cached", () => {
    const forms = [false, true, false].flatMap((isText) => [false, true].map((isRepeated) => ({ isText, isRepeated })));
    for (const form of forms) {
      for (let status = 100; status < 600; status++) {
        for (const result of [{ status }, error(status, "illegal_argument_exception"), { status }]) {
          expect(classifyItem(result, form)).toBe(classify(ITEM_RULES, { ...result, ...form }));
        }
      }
    }
  });

  it.each([{ type: { secret: 1 } }, { type: ["secret"] }, { type: 1 }, {}, null, "secret"])(
    "classifies by the status alone where the type is no string: %j",
    (other) => {
      expect(outcomeOf({ status: 400, error: other as unknown as EngineError })).toBe("indexed as text");
    },
  );

  it("has an outcome for every status", () => {
    for (let status = 100; status < 600; status++) expect(outcomeOf({ status })).toBeDefined();
  });
});
