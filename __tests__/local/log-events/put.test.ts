import { awsClients } from "../../../local/aws/clients";
import type { LogLine } from "../../../local/log-events/line";
import { type PutCall, putLines } from "../../../local/log-events/put";
import { sourceOf } from "../../../local/options";
import { type LogsServer, startLogs } from "../../support/logs-server";

let server: LogsServer;

beforeEach(async () => {
  server = await startLogs();
});

afterEach(() => server.stop());

const line = (message: string, timestamp = 1, logStream = "s", logGroup = "foo"): LogLine => {
  return { logGroup, logStream, timestamp, message };
};

async function put(lines: readonly LogLine[]): Promise<PutCall[]> {
  const calls: PutCall[] = [];
  await putLines(awsClients(server.origin).logs, sourceOf(lines), (call) => calls.push(call));
  return calls;
}

describe("putLines", () => {
  it("puts each log stream by calls of its own, creating it once", async () => {
    await put([line("a1", 1, "a"), line("b1", 2, "b"), line("a2", 3, "a"), line("c1", 1, "a", "bar")]);
    expect(server.puts).toEqual([
      { logGroup: "foo", logStream: "a", logEvents: [line("a1"), line("a2", 3)].map(event) },
      { logGroup: "foo", logStream: "b", logEvents: [event(line("b1", 2))] },
      { logGroup: "bar", logStream: "a", logEvents: [event(line("c1"))] },
    ]);
    const created = server.requests.filter(({ headers }) => headers["x-amz-target"]!.endsWith("CreateLogStream"));
    expect(created).toHaveLength(3);
  });

  it("keeps the order of a log stream over many calls", async () => {
    const lines = Array.from({ length: 25_000 }, (_, n) => line(String(n), n));
    const calls = await put(lines);
    expect(calls.map(({ lines: each }) => each.length)).toEqual([10_000, 10_000, 5_000]);
    expect(server.puts.flatMap(({ logEvents }) => logEvents)).toEqual(lines.map(event));
  });

  it("reports the first id of each call, if the emulator returns it", async () => {
    server.answer = (n) => ({ headers: n === 0 ? { "x-first-event-id": "42" } : {} });
    const calls = await put([line("a", 1, "a"), line("b", 2, "b")]);
    expect(calls.map(({ firstId }) => firstId)).toEqual(["42", undefined]);
  });

  it("does not read far ahead of the lines that were put", async () => {
    let read = 0;
    const ahead: number[] = [];
    const megabyte = "x".repeat(1_000_000);
    function* lines() {
      for (; read < 20; read++) yield line(megabyte);
    }
    server.answer = (n) => {
      ahead.push(read - n);
      return {};
    };
    await putLines(awsClients(server.origin).logs, { count: 20, read: lines });
    expect(Math.max(...ahead)).toBeLessThanOrEqual(3);
  });

  it("puts before very much is collected, however many log streams there are", async () => {
    let read = 0;
    let readBeforeFirstPut: number | undefined;
    function* lines() {
      for (; read < 40; read++) yield line("x".repeat(900_000), 1, String(read));
    }
    server.answer = () => {
      readBeforeFirstPut ??= read;
      return {};
    };
    await putLines(awsClients(server.origin).logs, { count: 40, read: lines });
    expect(readBeforeFirstPut).toBeLessThan(25);
    expect(server.puts).toHaveLength(40);
  });

  it("fails when events are rejected", async () => {
    server.answer = () => ({ body: { rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } } });
    await expect(put([line("a")])).rejects.toThrow(/rejected events of foo\/s: .*"tooOldLogEventEndIndex":1/);
  });

  it("fails when an earlier call did", async () => {
    const failure = { __type: "InvalidParameterException", message: "no" };
    server.answer = (n) => (n === 0 ? { status: 400, body: failure } : {});
    const lines = Array.from({ length: 30_001 }, (_, n) => line(String(n), n));
    await expect(put(lines)).rejects.toThrow("no");
    expect(server.puts).toHaveLength(1);
  });
});

function event({ timestamp, message }: LogLine) {
  return { timestamp, message };
}
