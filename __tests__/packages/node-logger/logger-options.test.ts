import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { FirehoseLogger, KinesisLogger, LoggerOptionsError } from "../../../packages/node-logger/src";
import { checkedOptions } from "../../../packages/node-logger/src/logger-options";
import { pinoDestination } from "../../../packages/node-logger/src/pino";
import { WinstonTransport } from "../../../packages/node-logger/src/winston";

const makeNothing = (): void => {};

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
      /stream is "no\/name".*; recordBytes is 10; it can be 1000 to 1000000; compress is "zip".*; bufferSeconds is NaN.*; format is "x".*; tags is {"a":1}; .*; level is "loud"/,
    );
    expect(() => new FirehoseLogger("x".repeat(65))).toThrow(/deliveryStream is .* up to 64/);
  });

  it("is refused with options that there are not, and is told which was probably meant", () => {
    const options = { bufferSecond: 1, record_bytes: 2, Level: "info", colour: "red", silent: undefined, logger: 7 };
    // @ts-expect-error JavaScript has no types
    expect(() => new KinesisLogger("app", options)).toThrow(
      "logger is 7; it can be a text; bufferSecond is no option; did you mean bufferSeconds?; " +
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

  it("shows of what type a wrong value is, and all that is allowed", () => {
    const message = (make: () => unknown): string => {
      try {
        make();
        return "nothing is thrown";
      } catch (error) {
        return (error as Error).message;
      }
    };
    const cycle: { a?: unknown } = {};
    cycle.a = cycle;
    const options = {
      service: 1,
      onWarning: 1,
      concurrency: 1.5,
      pack: "no",
      bufferSeconds: "1",
      spill: 5,
      tags: cycle,
    };
    const problems = [
      "spill is 5; it can be the path of a file",
      "onWarning is 1; it can be a function",
      'pack is "no"; it can be true or false',
      'bufferSeconds is "1"; it can be 0.01 to 900',
      "concurrency is 1.5; it can be a whole number, 1 to 16",
      "service is 1; it can be a text",
      'tags is an object that JSON cannot say; it can be an object of texts, such as { team: "checkout" }',
    ];
    const firehose = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/app";
    const made: [() => unknown, string[]][] = [
      [() => new KinesisLogger("app", options as never), problems],
      [
        () => new KinesisLogger(firehose),
        [`stream is "${firehose}"; it can be up to 128 of A-Z a-z 0-9 . _ -, or the ARN of a Kinesis stream`],
      ],
      [
        () => new KinesisLogger(7n as never, { format: makeNothing } as never),
        [
          "stream is 7; it can be up to 128 of A-Z a-z 0-9 . _ -, or the ARN of a Kinesis stream",
          "format is a function; it can be ecs or plain",
        ],
      ],
      [
        () => new FirehoseLogger(firehose),
        [`deliveryStream is "${firehose}"; it can be a name, up to 64 of A-Z a-z 0-9 . _ -, and no ARN`],
      ],
      [
        () => pinoDestination({} as never),
        ["neither stream (Kinesis) nor deliveryStream (Firehose) is given; give the name of one of them"],
      ],
      [
        () => pinoDestination({ stream: "a", deliveryStream: "b" } as never),
        ["stream (Kinesis) and deliveryStream (Firehose) are both given; give one of them"],
      ],
    ];
    for (const [make, expected] of made) {
      expect(message(make)).toBe(`aws-logging-pipeline-logger: ${expected.join("; ")}`);
    }
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
