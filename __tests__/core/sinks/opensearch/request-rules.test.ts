import { exitOf } from "../../../../core/retry/outcome";
import type { EngineError } from "../../../../core/sinks/opensearch/bulk-response";
import { REQUEST_EXITS } from "../../../../core/sinks/opensearch/request-rules";

const refusal: EngineError = { type: "action_request_validation_exception", reason: "Validation Failed" };

function outcomeOf(
  status: number,
  { error, events = 3, isText = false }: { error?: EngineError; events?: number; isText?: boolean } = {},
) {
  return exitOf(REQUEST_EXITS, { status, error, events, isText, results: undefined }).outcome;
}

describe("REQUEST_EXITS", () => {
  it.each([408, 429, 500, 502, 503, 504, 507, 599])("retries after %i", (status) => {
    expect(outcomeOf(status)).toBe("retried");
  });

  it.each([429, 500, 503])("retries after an engine's own %i, and never takes it for a refusal", (status) => {
    expect(outcomeOf(status, { error: refusal })).toBe("retried");
    expect(outcomeOf(status, { error: refusal, events: 1, isText: true })).toBe("retried");
  });

  it.each([201, 204, 301, 302, 307, 400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 415, 418, 431])(
    "gives the batch back after %i",
    (status) => {
      expect([outcomeOf(status), outcomeOf(status, { events: 1 })]).toEqual(["given back", "given back"]);
    },
  );

  it("looks at each event's result after a 200 that has them, and retries after one that has not", () => {
    const response = { status: 200, events: 1, isText: false };
    expect(exitOf(REQUEST_EXITS, { ...response, results: [{ status: 201 }] }).outcome).toBe("by event");
    expect(outcomeOf(200)).toBe("retried");
  });

  it("does not look at results that come with another status", () => {
    const response = { status: 503, events: 1, isText: false };
    expect(exitOf(REQUEST_EXITS, { ...response, results: [{ status: 201 }] }).outcome).toBe("retried");
  });

  it("halves what is too large, and sets a single event aside", () => {
    expect(outcomeOf(413)).toBe("halved");
    expect(outcomeOf(413, { isText: true })).toBe("halved");
    expect(outcomeOf(413, { events: 1 })).toBe("set aside");
  });

  it("halves what an engine refuses with 400, tries a single event as text, and sets the text aside", () => {
    expect(outcomeOf(400, { error: refusal })).toBe("halved");
    expect(outcomeOf(400, { error: refusal, isText: true })).toBe("halved");
    expect(outcomeOf(400, { error: refusal, events: 1 })).toBe("as text");
    expect(outcomeOf(400, { error: refusal, events: 1, isText: true })).toBe("set aside");
  });

  it("never halves because of a 400 whose error has no type: it is no engine's refusal", () => {
    expect(outcomeOf(400, { error: { reason: "no" } })).toBe("given back");
  });

  it("waits for a blocked cluster, and gives the batch back after any other 403", () => {
    expect(outcomeOf(403, { error: { type: "cluster_block_exception" } })).toBe("retried");
    expect(outcomeOf(403, { error: { type: "security_exception" } })).toBe("given back");
  });

  it.each([401, 403])("tells after %i who must be allowed what", (status) => {
    const exit = exitOf(REQUEST_EXITS, { status, events: 1, isText: false });
    expect(exit.advice).toContain("role es:ESHttpPost on this domain's _bulk");
  });

  it.each([301, 400, 404])("points at SEARCH_ENDPOINT after %i", (status) => {
    expect(exitOf(REQUEST_EXITS, { status, events: 1, isText: false }).advice).toContain(
      "Check that SEARCH_ENDPOINT is",
    );
  });
});
