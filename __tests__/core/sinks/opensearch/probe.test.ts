import { bulkBatch, eventSources } from "../../../../core/sinks/opensearch/bulk-batch";
import { deliver } from "../../../../core/sinks/opensearch/deliver";
import { openSearchSink } from "../../../../core/sinks/opensearch/opensearch-sink";
import { bulkRequest, prepareDelivery } from "../../../support/delivery";
import { envelope, logEvent } from "../../../support/kinesis";
import { CWL } from "../../../support/layouts";
import { isProbe } from "../../../support/poisoned";
import { MAPPING_CONFLICT, QUEUE_FULL } from "../../../support/search-engine";

const NO_ID = {
  status: 400,
  error: {
    type: "illegal_argument_exception",
    reason: "Document ID is not supported in create/index operation request",
  },
};

describe("before events are rejected", () => {
  it("they are returned to Lambda with advice if a probe is rejected too, and none is rejected", async () => {
    const { engine, io, rejected } = prepareDelivery();
    engine.reject = engine.rejectProbe = () => NO_ID;
    await expect(deliver(bulkRequest(3), io)).rejects.toMatchObject({
      name: "DeliveryError",
      code: "ALL_EVENTS_REJECTED",
      message: expect.stringMatching(
        /an event without content, for index cwl-foo-2026.11.21: 400 illegal_argument_exception. Let the index accept/,
      ),
    });
    expect(rejected).toEqual([]);
  });

  it("one probe decides for all of an index that all fail alike, and the lane goes on", async () => {
    const { engine, io, rejected } = prepareDelivery();
    engine.reject = () => MAPPING_CONFLICT;
    await deliver(bulkRequest(50), io);
    await deliver(bulkRequest(50), io);
    expect(rejected).toHaveLength(100);
    expect(engine.requests.filter(isProbe)).toHaveLength(1);
  });

  it.each([
    ["overloaded", QUEUE_FULL],
    ["failing", { status: 500 }],
    ["blocked", { status: 403, error: { type: "cluster_block_exception" } }],
  ])("they are retried while the index is %s", async (_, result) => {
    const { engine, io, rejected } = prepareDelivery();
    engine.reject = () => MAPPING_CONFLICT;
    let probes = 0;
    engine.rejectProbe = () => (probes++ < 3 ? result : undefined);
    await deliver(bulkRequest(1), io);
    expect([rejected.length, probes]).toEqual([1, 4]);
  });

  it("they are retried while a probe gets no response", async () => {
    const { engine, io, rejected } = prepareDelivery();
    engine.reject = () => MAPPING_CONFLICT;
    const { send } = engine;
    let lost = 2;
    io.send = async (request) => {
      if (isProbe(request) && lost-- > 0) throw new Error("reset");
      return send(request);
    };
    await deliver(bulkRequest(1), io);
    expect([rejected.length, lost]).toEqual([1, -1]);
  });

  it("the probe of an event that is too large by itself is small, and decides", async () => {
    const { engine, io, rejected } = prepareDelivery();
    engine.answers.push({ status: 413, body: "" });
    await deliver(bulkRequest(1), io);
    expect(rejected).toEqual([[0, "the request was rejected: 413"]]);
    const all = prepareDelivery();
    all.engine.maxBodyBytes = 1;
    await expect(deliver(bulkRequest(1), all.io)).rejects.toMatchObject({ code: "ALL_EVENTS_REJECTED" });
    expect(all.rejected).toEqual([]);
  });

  it("a role that may create documents, but not overwrite any, is believed", async () => {
    const { engine, io, rejected } = prepareDelivery();
    engine.reject = () => MAPPING_CONFLICT;
    engine.rejectProbe = () => ({ status: 403, error: { type: "security_exception" } });
    await deliver(bulkRequest(1), io);
    expect(rejected).toHaveLength(1);
  });

  it("a probe whose request is denied is a denied request", async () => {
    const { engine, io, rejected } = prepareDelivery();
    engine.reject = () => MAPPING_CONFLICT;
    const { send } = engine;
    io.send = async (request) => (isProbe(request) ? { status: 403, body: "" } : send(request));
    await expect(deliver(bulkRequest(1), io)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    expect(rejected).toEqual([]);
  });

  it("a data stream is believed, because it accepts no conditional write", async () => {
    const { engine, io, rejected } = prepareDelivery();
    const reason = "only write ops with an op_type of create are allowed in data streams";
    engine.reject = () => MAPPING_CONFLICT;
    engine.rejectProbe = () => ({ status: 400, error: { type: "illegal_argument_exception", reason } });
    await deliver(bulkRequest(1), io);
    expect(rejected).toHaveLength(1);
  });
});

describe("a probe", () => {
  it("has an event's index and id, and nothing that a writer chose", async () => {
    const { engine, io } = prepareDelivery();
    engine.reject = () => MAPPING_CONFLICT;
    const events = [logEvent(0, '{"a secret":1}'), logEvent(1, "a secret")];
    const sources = eventSources([envelope(events, { logStream: "a secret" })], { region: "eu-central-1" }, CWL);
    const sink = openSearchSink({
      ...io,
      observer: { ...io.observer, packed: () => {} },
      bulkMaxBytes: 1,
      bulkRequests: 2,
    });
    let rejected = 0;
    await sink.deliver(bulkBatch([sources]), { delivered: () => {}, rejected: () => rejected++ });
    const [probe, ...more] = engine.requests.filter(isProbe);
    expect([rejected, more]).toEqual([2, []]);
    const [action, document] = probe!.body
      .toString()
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const created = engine.requests
      .filter((request) => !isProbe(request))
      .map(({ body }) => JSON.parse(body.toString().split("\n", 1)[0]!).create);
    const { _index, _id, ...condition } = action.index;
    expect(created).toContainEqual({ _index, _id });
    expect(condition).toEqual({ if_seq_no: Number.MAX_SAFE_INTEGER, if_primary_term: Number.MAX_SAFE_INTEGER });
    expect(document).toEqual({
      "@timestamp": "1970-01-01T00:00:00.000Z",
      cloud: { account: { id: expect.any(String) }, region: "eu-central-1" },
      aws: { cloudwatch: { log_group: expect.any(String), log_stream: null } },
      message: null,
    });
  });
});
