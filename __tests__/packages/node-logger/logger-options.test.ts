import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { FirehoseLogger, KinesisLogger, LoggerOptionsError } from "../../../packages/node-logger/src";
import { checkedOptions } from "../../../packages/node-logger/src/logger-options";
import { pinoDestination } from "../../../packages/node-logger/src/pino";
import { WinstonTransport } from "../../../packages/node-logger/src/winston";

describe("a logger", () => {
  it("is refused with all that is wrong with its options, when it is made", () => {
    const options = {
      recordBytes: 10,
      bufferSeconds: Number.NaN,
      compress: "zip",
      level: "loud",
      tags: { a: 1 },
      format: "x",
    };
    // @ts-expect-error JavaScript has no types
    const make = () => new KinesisLogger("no/name", options);
    expect(make).toThrow(LoggerOptionsError);
    expect(make).toThrow(
      /stream is "no\/name".*; recordBytes is 10; it can be 1000 to 1000000; compress is zip.*; bufferSeconds is NaN.*; format is x.*; tags .*; level is loud/,
    );
    expect(() => new FirehoseLogger("x".repeat(65))).toThrow(/deliveryStream is .* up to 64/);
  });

  it("is refused with options that there are not, and is told which was probably meant", () => {
    const options = { bufferSecond: 1, record_bytes: 2, Level: "info", colour: "red", silent: undefined, logger: 7 };
    // @ts-expect-error JavaScript has no types
    expect(() => new KinesisLogger("app", options)).toThrow(
      "logger is no text; bufferSecond is no option; did you mean bufferSeconds?; " +
        "record_bytes is no option; did you mean recordBytes?; Level is no option; did you mean level?; " +
        "colour is no option; the README lists all of them",
    );
    const client = {} as KinesisClient;
    expect(() => new KinesisLogger("app", { client, clientConfig: { region: "eu-central-1" } })).toThrow(
      "client is no client of the AWS SDK; client and clientConfig are both given; it can be one of them",
    );
    // Of a transport, those of a logger are unknown.
    expect(() => new WinstonTransport({ stream: "app", logger: "pay" } as never)).toThrow(/: logger is no option/);
  });

  it("may have options that pino's worker adds, but none that are slips", () => {
    const own = { names: [], mayHaveOthers: true };
    const check = (more: object) => () => checkedOptions({ stream: "app", ...more }, own);
    expect(check({ $context: {}, pinoWillSendConfig: true, levels: {}, dedupe: true })).not.toThrow();
    expect(check({ $context: {}, bufferSecond: 1 })).toThrow(
      /: bufferSecond is no option; did you mean bufferSeconds\?$/,
    );
  });

  it.each([null, "app", 7, []])("is refused with options that are no object: %p", (options) => {
    const refused = expect.objectContaining({
      name: "LoggerOptionsError",
      message: expect.stringMatching(/options is/),
    });
    for (const make of [
      () => new KinesisLogger("app", options as never),
      () => new FirehoseLogger("app", options as never),
      () => new WinstonTransport(options as never),
      () => pinoDestination(options as never),
      // @ts-expect-error JavaScript has no types
      () => new WinstonTransport(),
    ]) {
      expect(make).toThrow(refused);
    }
  });
});
