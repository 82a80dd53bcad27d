import { deliver } from "../../../functions/forwarder/deliver";
import { bulkItems, prepareDelivery } from "../../support/delivery";
import { QUEUE_FULL } from "../../support/search-engine";

describe("deliver", () => {
  it("sends all items in one request, and tells of each that it is indexed", async () => {
    const { engine, io, indexed } = prepareDelivery();
    await deliver(bulkItems(3), io);
    expect(indexed).toEqual([0, 1, 2]);
    expect([...engine.documents.values()]).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(engine.requests).toEqual([
      {
        method: "POST",
        path: "/_bulk?filter_path=items.%2A.status%2Citems.%2A.error",
        headers: { "Content-Type": "application/x-ndjson" },
        body: Buffer.from(
          bulkItems(3)
            .map(({ lines }) => lines)
            .join(""),
        ),
        timeoutMs: 30_000,
      },
    ]);
  });

  it("takes a conflict for success: an earlier try had indexed the event", async () => {
    const { engine, io, indexed, present, failures } = prepareDelivery();
    await deliver(bulkItems(3), io);
    await deliver(bulkItems(5), io);
    expect([indexed, present]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2],
    ]);
    expect(engine.documents.size).toBe(5);
    expect(failures).toEqual([]);
  });

  it("sends again only the items that failed for a passing reason", async () => {
    const { engine, clock, io, indexed, failures } = prepareDelivery();
    let busy = 2;
    engine.refuse = ({ id }) => (id === "1" && busy-- > 0 ? QUEUE_FULL : undefined);
    await deliver(bulkItems(3), io);
    expect(engine.sizes).toEqual([3, 1, 1]);
    expect(indexed).toEqual([0, 2, 1]);
    expect(failures).toEqual(["429 rejected_execution_exception", "429 rejected_execution_exception"]);
    expect(clock.waits).toEqual([100, 200]);
  });

  it.each([
    ["network error", new Error("connect ECONNREFUSED 127.0.0.1:9200"), "connect ECONNREFUSED 127.0.0.1:9200"],
    [
      "network error of several addresses",
      Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }),
      "ECONNREFUSED",
    ],
    ["503", { status: 503, body: "<html>" }, "status 503"],
    ["429", { status: 429, body: "" }, "status 429"],
    ["200 cut off", { status: 200, body: '{"items":[{"create":{"sta' }, "status 200 without a result for each item"],
    ["200 with no JSON", { status: 200, body: "<html>" }, "status 200 without a result for each item"],
    [
      "200 with too few results",
      { status: 200, body: '{"items":[{"create":{"status":201}}]}' },
      "status 200 without a result for each item",
    ],
    [
      "200 with a result without status",
      { status: 200, body: '{"items":[{"create":{}},{"create":{}}]}' },
      "status 200 without a result for each item",
    ],
    ["200 with null", { status: 200, body: "null" }, "status 200 without a result for each item"],
  ])("sends everything again after a %s", async (_, answer, failure) => {
    const { engine, io, indexed, failures } = prepareDelivery();
    engine.answers.push(answer);
    await deliver(bulkItems(2), io);
    expect(engine.requests).toHaveLength(2);
    expect(indexed).toEqual([0, 1]);
    expect(failures).toEqual([failure]);
  });

  it.each([401, 403])("stops at once after %i, with advice", async (status) => {
    const { engine, clock, io } = prepareDelivery();
    engine.answers.push({ status, body: '{"Message":"not authorized"}' });
    await expect(deliver(bulkItems(2), io)).rejects.toMatchObject({
      name: "DeliveryError",
      message: expect.stringMatching(
        `https://search.example answered ${status} to _bulk.*es:ESHttpPost.*not authorized`,
      ),
    });
    expect(clock.waits).toEqual([]);
  });

  it("stops at once when an item is forbidden", async () => {
    const { engine, io } = prepareDelivery();
    engine.refuse = () => ({ status: 403, error: { type: "security_exception", reason: "no permissions" } });
    await expect(deliver(bulkItems(2), io)).rejects.toThrow("403 security_exception: no permissions");
  });

  it("ends before the deadline, telling nothing of what is still open", async () => {
    const { engine, clock, io, indexed, rejected } = prepareDelivery(5000);
    engine.refuse = ({ id }) => (id === "1" ? QUEUE_FULL : undefined);
    await deliver(bulkItems(3), io);
    expect(indexed).toEqual([0, 2]);
    expect(rejected).toEqual([]);
    expect(clock.nowMs).toBeLessThan(5000);
    expect(clock.nowMs).toBeGreaterThan(2000);
  });

  it("lets no request last longer than the time that is left, and sends none after it", async () => {
    const { engine, clock, io, indexed } = prepareDelivery(700);
    engine.answers.push(new Error("reset"));
    await deliver(bulkItems(1), io);
    expect(engine.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([700, 600]);
    clock.nowMs = 700;
    await deliver(bulkItems(1), io);
    expect(engine.requests).toHaveLength(2);
    expect(indexed).toEqual([0]);
  });
});
