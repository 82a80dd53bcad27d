import type { EngineError } from "../../../../core/http/engine-error";
import { classify } from "../../../../core/retry/rule";
import { REQUEST_RULES } from "../../../../core/sinks/opensearch/request-rules";

const rejection: EngineError = { type: "action_request_validation_exception", reason: "Validation Failed" };

function outcomeOf(
  status: number,
  { error, events = 3, isText = false }: { error?: EngineError; events?: number; isText?: boolean } = {},
) {
  return classify(REQUEST_RULES, { status, error, events, isText, results: undefined }).outcome;
}

describe("REQUEST_RULES", () => {
  it.each([408, 429, 503])("retries after %i", (status) => {
    expect(outcomeOf(status)).toBe("retried");
  });

  it.each([500, 502, 504, 507, 599])("isolates the event that may be the reason after %i", (status) => {
    expect(outcomeOf(status)).toBe("isolated");
    expect(outcomeOf(status, { error: { type: "null_pointer_exception" }, events: 1, isText: true })).toBe("isolated");
  });

  it("isolates after 429 only where a circuit breaker has opened, which a document can do", () => {
    expect(outcomeOf(429, { error: { type: "circuit_breaking_exception" } })).toBe("isolated");
    expect(outcomeOf(429, { error: { type: "rejected_execution_exception" } })).toBe("retried");
    expect(outcomeOf(503, { error: { type: "circuit_breaking_exception" } })).toBe("retried");
  });

  it.each([
    "engine_exception",
    "shard_lock_obtain_failed_exception",
    "node_not_connected_exception",
    "no_shard_available_action_exception",
    "failed_to_commit_cluster_state_exception",
    "receive_timeout_transport_exception",
    "already_closed_exception",
    "translog_exception",
    "corrupt_index_exception",
    "i_o_exception",
    "process_cluster_event_timeout_exception",
  ])("retries after a 500 that is about the engine's own parts: %s", (type) => {
    expect(outcomeOf(500, { error: { type }, events: 1, isText: true })).toBe("retried");
  });

  it.each([429, 503])("retries after an engine's own %i, and never takes it for a rejection", (status) => {
    expect(outcomeOf(status, { error: rejection })).toBe("retried");
    expect(outcomeOf(status, { error: rejection, events: 1, isText: true })).toBe("retried");
  });

  it.each([201, 204, 301, 302, 307, 400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 415, 418, 431])(
    "returns the batch to Lambda after %i",
    (status) => {
      expect([outcomeOf(status), outcomeOf(status, { events: 1 })]).toEqual([
        "returned to Lambda",
        "returned to Lambda",
      ]);
    },
  );

  it("classifies per item after a 200 with a result for each event, and isolates after one without", () => {
    const response = { status: 200, events: 1, isText: false };
    expect(classify(REQUEST_RULES, { ...response, results: [{ status: 201 }] }).outcome).toBe("per item");
    expect(outcomeOf(200)).toBe("isolated");
  });

  it("ignores results that come with another status", () => {
    const response = { status: 503, events: 1, isText: false };
    expect(classify(REQUEST_RULES, { ...response, results: [{ status: 201 }] }).outcome).toBe("retried");
  });

  it("splits a request that is too large, and rejects a single event", () => {
    expect(outcomeOf(413)).toBe("split");
    expect(outcomeOf(413, { isText: true })).toBe("split");
    expect(outcomeOf(413, { events: 1 })).toBe("rejected");
  });

  it("splits a request that an engine rejects with 400, sends a single event as text, and rejects the text", () => {
    expect(outcomeOf(400, { error: rejection })).toBe("split");
    expect(outcomeOf(400, { error: rejection, isText: true })).toBe("split");
    expect(outcomeOf(400, { error: rejection, events: 1 })).toBe("indexed as text");
    expect(outcomeOf(400, { error: rejection, events: 1, isText: true })).toBe("rejected");
  });

  it("never splits because of a 400 whose error has no type: it is no engine's rejection", () => {
    expect(outcomeOf(400, { error: { reason: "no" } })).toBe("returned to Lambda");
  });

  it("retries while the cluster is blocked, and returns the batch to Lambda after any other 403", () => {
    expect(outcomeOf(403, { error: { type: "cluster_block_exception" } })).toBe("retried");
    expect(outcomeOf(403, { error: { type: "security_exception" } })).toBe("returned to Lambda");
  });

  it.each([401, 403])("advises after %i which permission to grant", (status) => {
    const exit = classify(REQUEST_RULES, { status, events: 1, isText: false });
    expect(exit.advice).toContain("role es:ESHttpPost on this domain's _bulk");
  });

  it.each([301, 400, 404])("advises after %i to check SEARCH_ENDPOINT", (status) => {
    expect(classify(REQUEST_RULES, { status, events: 1, isText: false }).advice).toContain(
      "Check that SEARCH_ENDPOINT is",
    );
  });
});
