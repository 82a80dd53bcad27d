import { type AttemptIo, attempt, NOT_SENT } from "../../../core/http/attempt";
import { FakeServer } from "../../support/fake-server";

const REQUEST = { method: "POST", path: "/", headers: {}, body: Buffer.from("a"), maxResponseBytes: 9 } as const;

function prepare(remainingMs: number) {
  const server = new FakeServer(() => ({ status: 200, body: "ok" }));
  const io: AttemptIo = { send: server.send, requestTimeoutMs: 3000, retry: { remainingMs: () => remainingMs } };
  return { server, io };
}

describe("attempt", () => {
  it.each([
    [10_000, 3000],
    [2000, 2000],
  ])("gives a request the time that is left of %s ms, and no more than one may take", async (left, timeoutMs) => {
    const { server, io } = prepare(left);
    expect(await attempt(REQUEST, io)).toEqual({ status: 200, body: "ok" });
    expect(server.requests).toEqual([{ ...REQUEST, timeoutMs }]);
  });

  it("sends nothing after the deadline", async () => {
    const { server, io } = prepare(0);
    expect(await attempt(REQUEST, io)).toBe(NOT_SENT);
    expect(server.requests).toEqual([]);
  });

  it("classifies a request without a complete response, and says the reason", async () => {
    const { server, io } = prepare(10_000);
    server.answers.push(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }));
    expect(await attempt(REQUEST, io)).toMatchObject({
      outcome: "retried briefly",
      code: "UNREACHABLE",
      reason: expect.stringContaining("ECONNREFUSED"),
    });
  });
});
