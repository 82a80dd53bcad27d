import fc from "fast-check";
import type { EventLine } from "../../../../core/sinks/kinesis/event-line";
import { kinesisSink } from "../../../../core/sinks/kinesis/kinesis-sink";
import { type StreamError, streamTarget } from "../../../../core/sinks/kinesis/put-records";
import { FakeClock, retryIo } from "../../../support/clock";
import { MemoryStream } from "../../../support/memory-stream";

const THROTTLED = "ProvisionedThroughputExceededException";

const event = (position: number, line = `line ${position}`, partitionKey = `key-${position}`): EventLine => ({
  record: 0,
  ...{ position, line, partitionKey },
});
const events = (count: number): EventLine[] => Array.from({ length: count }, (_, i) => event(i));

function prepare(deadlineMs = 60_000) {
  const stream = new MemoryStream();
  const clock = new FakeClock(deadlineMs);
  const delivered: number[] = [];
  const rejected: [position: number, rejection: string][] = [];
  const failures: string[] = [];
  const packed: number[] = [];
  const sent: number[] = [];
  const sink = kinesisSink({
    send: stream.send,
    streamArn: MemoryStream.ARN,
    requestTimeoutMs: 30_000,
    retry: retryIo(clock),
    monotonicMs: () => clock.nowMs,
    observer: {
      packed: (count) => packed.push(count),
      sent: (bytes) => sent.push(bytes),
      failed: (reason, count) => failures.push(`${count} × ${reason}`),
    },
  });
  const deliver = (lines: Iterable<EventLine>) =>
    sink.deliver(
      { lines: () => lines },
      {
        delivered: ({ position, count }) => {
          for (let n = 0; n < count; n++) delivered.push(position + n);
        },
        rejected: ({ position }, rejection) => rejected.push([position, rejection]),
      },
    );
  return { stream, clock, deliver, delivered, rejected, failures, packed, sent };
}

describe("kinesisSink", () => {
  it("puts every line, and reports each event once", async () => {
    const { stream, deliver, delivered, packed, sent } = prepare();
    await deliver(events(3));
    expect(stream.lines).toEqual(["line 0", "line 1", "line 2"]);
    expect(delivered).toEqual([0, 1, 2]);
    expect(packed).toEqual([3, 0]);
    expect(sent).toEqual(stream.requests.map(({ body }) => body.length));
  });

  it("sends the records again that were throttled or failed, and only those", async () => {
    const { stream, deliver, delivered, failures } = prepare();
    const codes: Record<string, string> = { "line 1": THROTTLED, "line 2": "InternalFailure" };
    stream.reject = ({ lines: [line] }) => {
      const code = codes[line!];
      delete codes[line!];
      return code;
    };
    await deliver(events(4));
    expect(stream.requests.map(({ body }) => JSON.parse(body.toString()).Records.length)).toEqual([4, 2]);
    expect(stream.lines).toEqual(["line 0", "line 3", "line 1", "line 2"]);
    expect(delivered).toEqual([0, 3, 1, 2]);
    expect(failures).toEqual([`1 × ${THROTTLED}`, "1 × InternalFailure"]);
  });

  it("rejects a line that no record has room for, with the reason, and puts its neighbours", async () => {
    const { stream, deliver, delivered, rejected } = prepare();
    const largest = "a".repeat(1024 * 1024 - 1 - "key-1".length);
    await deliver([event(0), event(1, largest), event(2, `${largest}a`), event(3)]);
    expect(delivered).toEqual([0, 1, 3]);
    expect(rejected).toEqual([[2, "a line of 1048577 bytes; a record of a stream has 1048576 at most"]]);
    expect(stream.lines.map(({ length }) => length)).toEqual([6, largest.length, 6]);
  });

  it.each([
    ["a 500", { status: 500, body: "" }, "500"],
    ["a request that is throttled whole", { status: 400, body: `{"__type":"${THROTTLED}"}` }, `400 ${THROTTLED}`],
    [
      "throttling of the stream's key",
      { status: 400, body: '{"__type":"KMSThrottlingException"}' },
      "400 KMSThrottlingException",
    ],
    [
      "a connection that breaks",
      Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
      "read ECONNRESET",
    ],
    ["a page of a proxy", { status: 200, body: "<html>line 0</html>" }, "200 and no result for each record"],
    ["fewer results than records", { status: 200, body: '{"Records":[]}' }, "200 and no result for each record"],
    ["results that say nothing", { status: 200, body: '{"Records":[{},{}]}' }, "200 and no result for each record"],
    [
      "results with an empty number",
      { status: 200, body: '{"Records":[{"SequenceNumber":""},{"SequenceNumber":"1"}]}' },
      "200 and no result for each record",
    ],
  ])("sends a request again after %s", async (_, answer, reason) => {
    const { stream, deliver, delivered, failures } = prepare();
    stream.answers.push(answer);
    await deliver(events(2));
    expect([delivered, failures]).toEqual([[0, 1], [`2 × ${reason}`]]);
  });

  it.each([
    ["AccessDeniedException", "ACCESS_DENIED", /kinesis:PutRecords/],
    ["KMSAccessDeniedException", "ACCESS_DENIED", /kms:GenerateDataKey/],
    ["ExpiredTokenException", "ACCESS_DENIED", /400 ExpiredTokenException/],
    ["ResourceNotFoundException", "UNEXPECTED_RESPONSE", /TARGET_STREAM_ARN/],
    ["com.amazonaws.kinesis#ValidationException", "UNEXPECTED_RESPONSE", /400 ValidationException/],
  ])("fails at once, with advice, for a %s", async (type, code, message) => {
    const { stream, deliver, delivered } = prepare();
    stream.answers.push({ status: 400, body: JSON.stringify({ __type: type, message: "line 0" }) });
    const error: StreamError = await deliver(events(1)).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "StreamError", code, message: expect.stringMatching(message) });
    expect(error.message).not.toContain("line 0");
    expect([stream.requests.length, delivered]).toEqual([1, []]);
  });

  it("gives up on an address that takes no connection after three tries", async () => {
    const { stream, deliver } = prepare();
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    stream.answers.push(refused, refused, refused);
    await expect(deliver(events(1))).rejects.toMatchObject({ code: "UNREACHABLE" });
    expect(stream.requests).toHaveLength(3);
  });

  it("leaves pending what the stream does not take before the deadline", async () => {
    const { stream, clock, deliver, delivered } = prepare(5_000);
    stream.reject = ({ lines: [line] }) => (line === "line 1" ? THROTTLED : undefined);
    await deliver(events(3));
    expect(delivered).toEqual([0, 2]);
    expect(clock.nowMs).toBeLessThanOrEqual(5_000);
  });

  it("puts nothing behind a request that it gives up on", async () => {
    const { stream, clock, deliver, delivered } = prepare(5_000);
    stream.reject = ({ lines: [line] }) => (line === "line 1" ? THROTTLED : undefined);
    // Time that the retries leave would be enough for a request of its own.
    await deliver(events(501));
    expect(clock.nowMs).toBeLessThan(5_000);
    expect(stream.lines).not.toContain("line 500");
    expect(delivered).toHaveLength(499);
  });

  it("logs no code that is none", async () => {
    const { stream, deliver, failures } = prepare(1_000);
    stream.reject = () => "the record: line 0";
    await deliver(events(1));
    expect(new Set(failures)).toEqual(new Set(["1 × an unknown error code"]));
  });

  it("has each line in the stream and reports it once, whatever fails how often", async () => {
    const failing = fc.array(fc.constantFrom("", "", THROTTLED, "InternalFailure"), { maxLength: 60 });
    const broken = fc.array(fc.constantFrom("no", "no", "lost", "500"), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 30 }), failing, broken, async (count, codes, answers) => {
        const { stream, deliver, delivered } = prepare(10_000_000);
        stream.reject = () => codes.shift() || undefined;
        const lines = Array.from({ length: count }, (_, i) => event(i, `line ${i}`, `key-${i % 4}`));
        const responses = answers.map((answer) =>
          answer === "lost"
            ? Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })
            : { status: answer === "500" ? 500 : 503, body: "" },
        );
        stream.answers.push(...responses);
        await deliver(lines);
        expect([...stream.lines].sort()).toEqual(lines.map(({ line }) => line).sort());
        expect(delivered.toSorted((a, b) => a - b)).toEqual(lines.map(({ position }) => position));
      }),
    );
  });
});

it("signs for the region of the stream, at its endpoint", () => {
  const arn = (region: string) => `arn:aws:kinesis:${region}:111111111111:stream/a`;
  expect(streamTarget(arn("us-east-1"), "")).toEqual({
    origin: "https://kinesis.us-east-1.amazonaws.com",
    ...{ service: "kinesis", region: "us-east-1" },
  });
  expect(streamTarget(arn("cn-north-1"), "").origin).toBe("https://kinesis.cn-north-1.amazonaws.com.cn");
  expect(streamTarget(arn("us-east-1"), "http://127.0.0.1:1").origin).toBe("http://127.0.0.1:1");
});
