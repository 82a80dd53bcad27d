import { deliver } from "../../../../core/sinks/opensearch/deliver";
import { pack } from "../../../../core/sinks/opensearch/pack";
import { bulkItems, bulkRequest, linesOf, prepareDelivery } from "../../../support/delivery";
import { QUEUE_FULL } from "../../../support/search-engine";

describe("deliver", () => {
  it("sends all items in one request, and reports each as indexed", async () => {
    const { engine, io, indexed } = prepareDelivery();
    await deliver(bulkRequest(3), io);
    expect(indexed).toEqual([0, 1, 2]);
    expect([...engine.documents.values()]).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(engine.requests).toEqual([
      {
        method: "POST",
        path: "/_bulk?filter_path=items.%2A.status%2Citems.%2A.error",
        headers: { "Content-Type": "application/x-ndjson" },
        body: Buffer.from(bulkItems(3).map(linesOf).join("")),
        timeoutMs: 30_000,
        // Twice the 183 bytes of the body, and a MiB.
        maxResponseBytes: 1_048_942,
      },
    ]);
  });

  it("reports all events of a record together when all of the request are new", async () => {
    const { io } = prepareDelivery();
    const [one, two, three] = bulkItems(3).map(({ buffer }) => buffer);
    const ends = [one!.length, one!.length + two!.length];
    const both = { record: 4, position: 7, buffer: Buffer.concat([one!, two!]), ends };
    const other = { record: 5, position: 0, buffer: three!, ends: [three!.length] };
    const [request] = [...pack([both, other], 1000)];
    const delivered = jest.fn();
    await deliver(request!, { ...io, progress: { ...io.progress, delivered } });
    expect(delivered.mock.calls).toEqual([
      [{ record: 4, position: 7, count: 2 }, false],
      [{ record: 5, position: 0, count: 1 }, false],
    ]);
  });

  it("acknowledges a conflict: an earlier attempt had indexed the event", async () => {
    const { engine, io, indexed, present, failures } = prepareDelivery();
    await deliver(bulkRequest(3), io);
    await deliver(bulkRequest(5), io);
    expect([indexed, present]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2],
    ]);
    expect(engine.documents.size).toBe(5);
    expect(failures).toEqual([]);
  });

  it("retries only the items that failed with a retryable error", async () => {
    const { engine, clock, io, indexed, failures } = prepareDelivery();
    let busy = 2;
    engine.reject = ({ id }) => (id === "1" && busy-- > 0 ? QUEUE_FULL : undefined);
    await deliver(bulkRequest(3), io);
    expect(engine.sizes).toEqual([3, 1, 1]);
    expect(indexed).toEqual([0, 2, 1]);
    expect(failures).toEqual(Array(2).fill("1 × 429 rejected_execution_exception"));
    expect(clock.waits).toEqual([100, 200]);
  });

  it.each([
    ["network error", new Error("connect ECONNREFUSED 127.0.0.1:9200"), "connect ECONNREFUSED 127.0.0.1:9200"],
    [
      "network error of several addresses",
      Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }),
      "ECONNREFUSED",
    ],
    ["503", { status: 503, body: "<html>" }, "503"],
    ["429", { status: 429, body: "" }, "429"],
    ["200 cut off", { status: 200, body: '{"items":[{"create":{"sta' }, "200 without a result for each event"],
    ["200 with no JSON", { status: 200, body: "<html>" }, "200 without a result for each event"],
    [
      "200 with too few results",
      { status: 200, body: '{"items":[{"create":{"status":201}}]}' },
      "200 without a result for each event",
    ],
    [
      "200 with a result without status",
      { status: 200, body: '{"items":[{"create":{}},{"create":{}}]}' },
      "200 without a result for each event",
    ],
    ["200 with null", { status: 200, body: "null" }, "200 without a result for each event"],
  ])(
    "sends the whole request again after a %s, after a probe where that may be an event's fault",
    async (_, answer, failure) => {
      const { engine, io, indexed, failures } = prepareDelivery();
      engine.answers.push(answer);
      await deliver(bulkRequest(2), io);
      const probes = engine.requests.filter(({ body }) => body.includes("if_seq_no"));
      expect(engine.requests).toHaveLength(2 + probes.length);
      expect(probes).toHaveLength(/^(429|503|ECONNREFUSED)$/.test(failure) ? 0 : 1);
      expect(indexed).toEqual([0, 1]);
      expect(failures).toEqual([`2 × ${failure}`]);
    },
  );

  it.each([401, 403])("fails at once after %i, with advice", async (status) => {
    const { engine, clock, io } = prepareDelivery();
    const denial = "User: anonymous is not authorized to perform: es:ESHttpPost";
    engine.answers.push({ status, body: JSON.stringify({ Message: denial }) });
    await expect(deliver(bulkRequest(2), io)).rejects.toMatchObject({
      name: "DeliveryError",
      message: expect.stringMatching(
        `https://search.example answered ${status} to _bulk.*es:ESHttpPost on.* AWS said: ${denial}$`,
      ),
    });
    expect(clock.waits).toEqual([]);
  });

  it("gives up after three refused connections, with advice", async () => {
    const { engine, io } = prepareDelivery();
    engine.answers.push(...Array(9).fill(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })));
    await expect(deliver(bulkRequest(2), io)).rejects.toMatchObject({
      name: "DeliveryError",
      message: expect.stringMatching(
        "https://search.example cannot be reached: connect ECONNREFUSED. Check that it is up",
      ),
    });
    expect(engine.requests).toHaveLength(3);
  });

  it("fails at once when TLS fails", async () => {
    const { engine, io } = prepareDelivery();
    engine.answers.push(Object.assign(new Error("certificate has expired"), { code: "CERT_HAS_EXPIRED" }));
    await expect(deliver(bulkRequest(2), io)).rejects.toThrow(
      "certificate has expired. Check that the endpoint speaks HTTPS",
    );
    expect(engine.requests).toHaveLength(1);
  });

  it("waits as long as the endpoint asks before it retries", async () => {
    const { engine, clock, io, indexed } = prepareDelivery();
    engine.answers.push({ status: 429, body: "", retryAfterMs: 7000 });
    await deliver(bulkRequest(2), io);
    expect(clock.waits).toEqual([7000]);
    expect(indexed).toEqual([0, 1]);
  });

  it("waits as long as the endpoint asks when it has accepted only some of the items", async () => {
    const { engine, clock, io, indexed } = prepareDelivery();
    const items = [{ create: { status: 201 } }, { create: QUEUE_FULL }];
    engine.answers.push({ status: 200, body: JSON.stringify({ items }), retryAfterMs: 7000 });
    await deliver(bulkRequest(2), io);
    expect(clock.waits).toEqual([7000]);
    expect(indexed).toEqual([0, 1]);
  });

  it("gives up at once when the endpoint asks for more time than is left", async () => {
    const { engine, clock, io, indexed } = prepareDelivery(5000);
    engine.answers.push({ status: 503, body: "", retryAfterMs: 6000 });
    await deliver(bulkRequest(2), io);
    expect([clock.waits, indexed]).toEqual([[], []]);
  });

  it("retries until a blocked cluster is unblocked", async () => {
    const { engine, io, indexed, failures } = prepareDelivery();
    engine.answers.push({ status: 403, body: '{"error":{"type":"cluster_block_exception","reason":"read-only"}}' });
    await deliver(bulkRequest(2), io);
    expect(indexed).toEqual([0, 1]);
    expect(failures).toEqual(["2 × 403 cluster_block_exception"]);
  });

  it("reports the size of each request that it sends", async () => {
    const { engine, io, sentBytes } = prepareDelivery();
    engine.answers.push({ status: 503, body: "" });
    await deliver(bulkRequest(2), io);
    expect(sentBytes).toEqual(engine.requests.map(({ body }) => body.length));
    expect(sentBytes).toHaveLength(2);
  });

  it("fails at once when an item is forbidden", async () => {
    const { engine, io } = prepareDelivery();
    engine.reject = () => ({ status: 403, error: { type: "security_exception", reason: "no permissions" } });
    await expect(deliver(bulkRequest(2), io)).rejects.toThrow("403 security_exception. Allow the sender's role");
  });

  it("ends before the deadline, and reports nothing of pending items", async () => {
    const { engine, clock, io, indexed, rejected } = prepareDelivery(5000);
    engine.reject = ({ id }) => (id === "1" ? QUEUE_FULL : undefined);
    await deliver(bulkRequest(3), io);
    expect(indexed).toEqual([0, 2]);
    expect(rejected).toEqual([]);
    expect(clock.nowMs).toBeLessThan(5000);
    expect(clock.nowMs).toBeGreaterThan(2000);
  });

  it("lets no request last longer than the time that is left, and sends none after it", async () => {
    const { engine, clock, io, indexed } = prepareDelivery(700);
    engine.answers.push({ status: 503, body: "" });
    await deliver(bulkRequest(1), io);
    expect(engine.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([700, 600]);
    clock.nowMs = 700;
    await deliver(bulkRequest(1), io);
    expect(engine.requests).toHaveLength(2);
    expect(indexed).toEqual([0]);
  });

  const quoting = {
    error: { type: "of a customer", reason: "of a customer", root_cause: [{ type: "x", reason: "of a customer" }] },
  };

  it.each([400, 401, 403, 404, 413, 429, 500, 503])(
    "neither throws nor reports what the response to a request says, but its status: %i",
    async (status) => {
      for (const body of [
        JSON.stringify({ ...quoting, Message: "of a customer", message: "of a customer" }),
        JSON.stringify({ error: "of a customer" }),
        "<html>of a customer</html>",
      ]) {
        const { engine, io, failures } = prepareDelivery(1000);
        engine.answers.push(...Array(99).fill({ status, body }));
        const thrown = await deliver(bulkRequest(1), io).catch(String);
        expect(JSON.stringify([thrown, failures])).not.toContain("customer");
      }
    },
  );

  it.each([400, 401, 403, 404, 429, 500, 503])(
    "neither throws nor reports what an event's own result says, but its status: %i",
    async (status) => {
      const { engine, io, failures } = prepareDelivery(1000);
      engine.reject = () => ({ status, ...quoting });
      const thrown = await deliver(bulkRequest(1), io).catch(String);
      expect(JSON.stringify([thrown, failures])).not.toContain("customer");
    },
  );
});
