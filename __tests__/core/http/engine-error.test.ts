import {
  denialIn,
  type EngineError,
  type EngineResult,
  failureKind,
  parseEngineError,
  rejectionOf,
} from "../../../core/http/engine-error";

const error = (status: number, type: string, reason = ""): EngineResult => ({ status, error: { type, reason } });

describe("parseEngineError", () => {
  it("reads the error of an engine", () => {
    const error = { type: "cluster_block_exception", reason: "blocked" };
    expect(parseEngineError(JSON.stringify({ error, status: 403 }))).toEqual(error);
  });

  it.each(["", "<html>", "null", "[]", "{}", '{"error":"no handler found"}', '{"error":null}', '{"items":[]}'])(
    "finds no error in %j",
    (body) => {
      expect(parseEngineError(body)).toBeUndefined();
    },
  );
});

describe("denialIn", () => {
  const denial = "User: anonymous is not authorized to perform: es:ESHttpPost";

  it.each(["Message", "message"])("reads AWS's own message under %s", (name) => {
    expect(denialIn(JSON.stringify({ [name]: denial }))).toBe(denial);
  });

  it.each([
    '{"create":{}}\n{"message":"a secret"}\n',
    "<html>a secret</html>",
    '["a secret"]',
    '{"message":{"a":"secret"}}',
    '{"message":"a secret"}',
    '{"error":{"type":"security_exception","reason":"a secret"}}',
    "",
  ])("never quotes a body that may repeat the request: %j", (body) => {
    expect(denialIn(body)).toBe("");
  });
});

describe("failureKind", () => {
  it("is the same for all failures of a kind, whatever their reasons", () => {
    const failures = [1, 2, 3].map((n) => failureKind(error(429, "rejected_execution_exception", `bytes=${n}`)));
    expect(new Set(failures)).toEqual(new Set(["429 rejected_execution_exception"]));
  });

  it.each(["a secret", "A_SECRET", "x".repeat(65), "", "_x", '{"a":1}'])(
    "is the status alone where the type is none of an engine: %j",
    (type) => {
      expect(failureKind(error(500, type))).toBe("500");
    },
  );

  it.each([{ type: { secret: 1 } }, { type: ["secret"] }, { type: 1 }, {}, null, "secret"])(
    "is the status alone where the type is no string: %j",
    (other) => {
      expect(failureKind({ status: 500, error: other as unknown as EngineError })).toBe("500");
    },
  );
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
