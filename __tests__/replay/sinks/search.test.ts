import { LaneMessages } from "../../../replay/lane-messages";
import type { ReplayRecord } from "../../../replay/records";
import { searchSink } from "../../../replay/sinks/search";
import { emptyTally, tallyProgress } from "../../../replay/sinks/sink";
import { ARRIVAL, envelope, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";
import { FakeRunDeadline } from "../../support/run-deadline";
import { MAPPING_CONFLICT, QUEUE_FULL, SearchEngine } from "../../support/search-engine";

const ORIGIN = { shardId: "shard", sequenceNumber: "1", region: "eu-central-1", arrival: ARRIVAL };
const record = (...numbers: number[]): ReplayRecord => ({
  origin: ORIGIN,
  envelopes: [envelope(numbers.map((n) => logEvent(n, `{"n":${n}}`)))],
});

function prepare(messages = new LaneMessages(undefined)) {
  const engine = new SearchEngine();
  const deadline = new FakeRunDeadline();
  const sink = searchSink({
    ...{ send: engine.send, endpoint: "https://search.example", indexLayouts: CWL, archivePrefix: "", messages },
    ...{ timeField: "", recordMaxBytes: 2 ** 25 },
    // Nothing that was archived is archived again.
    bucket: undefined as never,
    deadline,
  });
  return { engine, deadline, sink, tally: emptyTally() };
}

describe("searchSink", () => {
  it("reports events as delivered, already indexed, or rejected even as text", async () => {
    const { engine, sink, tally } = prepare();
    await sink.deliver([record(1, 2)], tallyProgress(emptyTally()));
    engine.reject = ({ document, id }) => (document.n === 5 || id.endsWith("4") ? MAPPING_CONFLICT : undefined);
    await sink.deliver([record(1, 2, 3), record(4, 5)], tallyProgress(tally));
    expect(tally).toEqual({ found: 0, delivered: 2, alreadyIndexed: 2, rejected: 1, dropped: 0 });
    const [text] = [...engine.documents.values()].filter(({ n, message }) => n === undefined && message === '{"n":5}');
    expect(text).toBeDefined();
  });

  it("retries retryable errors for as long as something succeeds", async () => {
    const { engine, deadline, sink, tally } = prepare();
    // One event more is taken every four minutes.
    engine.reject = ({ id }) => (deadline.nowMs < Number(id) * 4 * 60_000 ? QUEUE_FULL : undefined);
    await sink.deliver([record(0, 1, 2, 3, 4)], tallyProgress(tally));
    expect(tally.delivered).toBe(5);
    expect(engine.sizes.length).toBeGreaterThan(20);
  });

  it("does not let a long Retry-After end its retries at once", async () => {
    const { engine, deadline, sink, tally } = prepare();
    engine.answers.push({ status: 503, body: "{}", retryAfterMs: 600_000 });
    await sink.deliver([record(1)], tallyProgress(tally));
    expect(tally.delivered).toBe(1);
    expect(deadline.nowMs).toBe(20_000);
  });

  it("gives up after five minutes without any success, and reports the last failure", async () => {
    const { engine, deadline, sink, tally } = prepare();
    engine.reject = ({ id }) => (id.endsWith("2") ? QUEUE_FULL : undefined);
    const delivering = sink.deliver([record(1, 2, 3)], tallyProgress(tally));
    await expect(delivering).rejects.toThrow(
      "has 1 events that could not be delivered: 429 rejected_execution_exception",
    );
    expect(tally).toMatchObject({ delivered: 2 });
    expect(deadline.nowMs).toBeGreaterThan(4.5 * 60_000);
    expect(deadline.nowMs).toBeLessThanOrEqual(5 * 60_000);
  });
});
