import { type RawServer, startRawServer } from "../../support/raw-server";
import { REQUEST, TRANSPORTS } from "../../support/transports";

// A file of its own: undici's timers are real for good if they begin before these.
beforeAll(() => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "performance", "Date"] });
});

afterAll(() => {
  jest.useRealTimers();
});

describe.each(TRANSPORTS)("%s", (_, transport) => {
  let server: RawServer;

  afterEach(() => server.stop());

  it("rejects when no connection is established within about 5 seconds, TLS handshake included", async () => {
    server = await startRawServer();
    const settled: unknown[] = [];
    const send = transport(server.origin.replace("http:", "https:"));
    void send({ ...REQUEST, timeoutMs: 60_000 }).catch(({ code }) => settled.push(code));

    await pass(4_500);
    expect(settled).toEqual([]);
    // Undici looks at its timers twice a second.
    await pass(2_000);
    expect(settled).toEqual(["ETIMEDOUT"]);
  });
});

/** In steps, between which sockets have their turn. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    await jest.advanceTimersByTimeAsync(100);
    await new Promise(setImmediate);
  }
}
