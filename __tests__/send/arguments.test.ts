import { addSendOptions, type GivenSendOptions, sendOptions } from "../../send/arguments";
import { UsageCommand } from "../../tools/usage/usage-command";

/** Parses a command line. */
function parse(line: string) {
  const command = addSendOptions(new UsageCommand("send"));
  command.parse(line.split(" ").filter(Boolean), { from: "user" });
  return sendOptions(command.opts<GivenSendOptions>(), command.errors);
}

describe("the options of send", () => {
  it("have defaults: 10 lines a second for a minute into the local pipeline", () => {
    expect(parse("--stream app")).toEqual({
      target: { kind: "stream", name: "app" },
      ...{
        rate: 10,
        minutes: 1,
        linePerRecord: undefined,
        compress: "none",
        format: "ecs",
        aws: false,
        pid: undefined,
      },
    });
  });

  it("mean the caller's account where there is no local pipeline, and none of them is about it", () => {
    const command = addSendOptions(new UsageCommand("send"), false);
    command.parse(["--stream", "app"], { from: "user" });
    expect(sendOptions(command.opts<GivenSendOptions>(), command.errors, false)).toMatchObject({ aws: true });
    expect(command.options.map(({ long }) => long)).not.toEqual(expect.arrayContaining(["--aws"]));
    expect(command.options.map(({ long }) => long)).not.toEqual(expect.arrayContaining(["--pid"]));
  });

  it("take a delivery stream and everything else", () => {
    const line =
      "--delivery-stream app --rate 5000 --minutes 0.5 --line-per-record --compress gzip --format plain --aws";
    expect(parse(line)).toEqual({
      target: { kind: "delivery-stream", name: "app" },
      ...{
        rate: 5000,
        minutes: 0.5,
        linePerRecord: true,
        compress: "gzip",
        format: "plain",
        aws: true,
        pid: undefined,
      },
    });
  });

  it.each([
    ["", ["Neither --stream nor --delivery-stream is given; give one of them: where the lines go."]],
    [
      "--stream a --delivery-stream b --aws --pid 5",
      [
        "--stream and --delivery-stream are both given; give one of them.",
        "--pid is of a local pipeline; it does not go with --aws.",
      ],
    ],
    [
      "--stream a/b --rate 0 --minutes 2000 --compress zip",
      [
        '--stream is "a/b". Allowed: a name of 1 to 128 letters, digits, and . _ -.',
        '--rate is "0". Allowed: a whole number from 1 to 100000.',
        '--minutes is "2000". Allowed: a number from 0.01 to 1440.',
        '--compress is "zip". Allowed: gzip.',
      ],
    ],
  ])("report all that is wrong together: %s", (line, errors) => {
    expect(() => parse(line)).toThrow(expect.objectContaining({ name: "UsageError", errors }));
  });
});
