import { gzipSync } from "node:zlib";
import { CONTROL_MESSAGE, envelope, kinesisEvent, logEvent } from "../support/kinesis";

const { handler } = jest.requireActual<{ handler(event: unknown): Promise<object> }>(
  "../../examples/stream-consumers/reader.js",
);

describe("the reader of examples/stream-consumers", () => {
  const log = jest.spyOn(console, "log").mockImplementation();

  it("counts errors of envelopes by log group, each event once, and nothing else", async () => {
    const foo = envelope([logEvent(1, "ERROR one"), logEvent(2, "INFO no ERRORS")]);
    const bar = envelope([logEvent(3, "FATAL"), logEvent(4, "an ERROR")], { logGroup: "bar" });
    const others = [CONTROL_MESSAGE, Buffer.from("an ERROR of an application"), { level: "ERROR" }];

    expect(await handler(kinesisEvent(foo, foo, bar, ...others))).toEqual({ foo: 1, bar: 2 });
    expect(log.mock.calls).toEqual([['{"errors":{"foo":1,"bar":2}}']]);
  });

  it("logs nothing where there is no error, which would bring another record if its log group were subscribed", async () => {
    log.mockClear();
    expect(await handler(kinesisEvent(envelope([logEvent(1)])))).toEqual({});
    expect(log).not.toHaveBeenCalled();
  });

  it("fails for an envelope that is damaged, so that Lambda tries the batch again", async () => {
    const damaged = gzipSync(JSON.stringify(envelope([logEvent(1)]))).subarray(0, 40);
    await expect(handler(kinesisEvent(damaged))).rejects.toThrow(/end of file/);
  });
});
