import {
  addSetupLoggingOptions,
  type GivenLoggingOptions,
  type LoggingOptions,
  loggingOptions,
} from "../../../setup/s3-logging/options";
import { type ParameterValues, parametersFor, variablesOf } from "../../../setup/s3-logging/parameters";
import { askForMissing, isYes, withDefaults } from "../../../setup/s3-logging/questions";
import { UsageCommand } from "../../../tools/usage/usage-command";
import { UsageError } from "../../../tools/usage/usage-error";

function parse(line: string, canAsk = true): LoggingOptions {
  const command = addSetupLoggingOptions(new UsageCommand("s3-logging"));
  command.parse(line.split(" ").filter(Boolean), { from: "user" });
  return loggingOptions(command.opts<GivenLoggingOptions>(), canAsk, command);
}

const ALL =
  "--account-id 123456789012 --bucket logs --stream-name shop --role firehose --rotation-seconds 60 --buffer-mib 1 --compression zip --prefix a/";

describe("the options of s3-logging", () => {
  it("are the eight parameters, as variables of the stack", () => {
    const { values } = parse(`${ALL} --yes`);
    expect(variablesOf(values)).toEqual({
      account_id: "123456789012",
      bucket: "logs",
      stream_name: "shop",
      role: "firehose",
      buffering_interval_seconds: 60,
      buffering_size_mib: 1,
      compression: "zip",
      prefix: "a/",
    });
  });

  it("may be left out where somebody can be asked", () => {
    expect(parse("")).toEqual({ values: {}, yes: false, local: false, pid: undefined });
  });

  it("are listed, all that are wrong or missing, where nobody can be asked", () => {
    expect(() => parse("--rotation-seconds 901 --compression rar --pid 5", false)).toThrow(
      expect.objectContaining({
        name: "UsageError",
        errors: [
          '--rotation-seconds is "901". Allowed: a whole number from 0 to 900.',
          '--compression is "rar". Allowed: one of gzip, snappy, hadoop-snappy, zip, none.',
          "--pid is of a local pipeline; it goes with --local.",
          expect.stringMatching(/^--bucket is missing: bucket, which exists\. Allowed: 3 to 63 lower-case letters/),
          "--stream-name is missing: name of the delivery stream. Allowed: 1 to 64 letters, digits and . _ -.",
          "Nobody can be asked here, as this is no terminal; add --yes.",
        ],
      }),
    );
  });

  it.each(["snappy", "hadoop-snappy"])(
    "refuse %s for the local pipeline, whose Firehose would deliver nothing",
    (format) => {
      expect(() => parse(`--compression ${format} --local`)).toThrow(
        expect.objectContaining({
          errors: [`--compression is "${format}". Allowed: one of gzip, zip, none; the local Firehose has no Snappy.`],
        }),
      );
      expect(parse(`--compression ${format}`).values).toEqual({ compression: format });
    },
  );

  it("name a wrong value once, and not as missing", () => {
    expect(() => parse("--bucket A --stream-name shop --yes")).toThrow(
      expect.objectContaining({ errors: [expect.stringMatching(/^--bucket is "A"\./)] }),
    );
  });
});

describe("the questions of s3-logging", () => {
  it("take the default for an empty answer, and ask again after a wrong one or where there is none", async () => {
    const answers = ["", "", "Not A Bucket", "logs", "shop", "", "7", "", "none", ""];
    const said: string[] = [];
    const values = await askForMissing({ bufferingSizeMib: 5 }, "123456789012", {
      ask: async () => answers.shift()!,
      say: (line) => said.push(line),
    });
    expect(values).toEqual({
      accountId: "123456789012",
      bucket: "logs",
      streamName: "shop",
      role: null,
      bufferingIntervalSeconds: 7,
      bufferingSizeMib: 5,
      compression: "gzip",
      prefix: "none",
    });
    expect(said).toEqual([
      expect.stringMatching(/^There is no default\. Allowed: 3 to 63/),
      expect.stringMatching(/^"Not A Bucket" is not allowed\. Allowed: 3 to 63/),
    ]);
    expect(answers).toEqual([""]);
  });

  it("ask again at once for what the account does not have", async () => {
    const { bucket: _bucket, role: _role, ...given } = parse(ALL).values;
    const answers = ["nobody", "ours", "lambda", ""];
    const said: string[] = [];
    const checked: object[] = [];
    const check = async (answer: ParameterValues) => {
      checked.push(answer);
      const [name] = Object.values(answer);
      if (name === "nobody" || name === "lambda") throw new UsageError([`--x is ${name}, which is wrong.`]);
    };
    const answerer = { ask: async () => answers.shift()!, say: (line: string) => said.push(line) };
    const values = await askForMissing(given, "1", answerer, parametersFor(false), check);
    expect(values).toEqual({ ...given, bucket: "ours", role: null });
    expect(said).toEqual(["--x is nobody, which is wrong.", "--x is lambda, which is wrong."]);
    expect(checked).toEqual([{ bucket: "nobody" }, { bucket: "ours" }, { role: "lambda" }, { role: null }]);
    const fail = () => Promise.reject(new Error("no network"));
    answers.push("logs");
    await expect(askForMissing(given, "1", answerer, parametersFor(false), fail)).rejects.toThrow("no network");
  });

  it("take no Snappy for the local pipeline", async () => {
    const given = {
      accountId: "1",
      bucket: "logs",
      streamName: "shop",
      role: null,
      bufferingIntervalSeconds: 7,
      bufferingSizeMib: 5,
      prefix: "",
    };
    const answers = ["snappy", "zip"];
    const said: string[] = [];
    const answerer = { ask: async () => answers.shift()!, say: (line: string) => said.push(line) };
    const values = await askForMissing(given, "1", answerer, parametersFor(true));
    expect(values).toEqual({ ...given, compression: "zip" });
    expect(said).toEqual([
      '"snappy" is not allowed. Allowed: one of gzip, zip, none; the local Firehose has no Snappy.',
    ]);
  });

  it("are not asked with --yes: what is not given has its default", () => {
    expect(withDefaults({ bucket: "logs", streamName: "shop", prefix: "" }, "123456789012")).toEqual({
      accountId: "123456789012",
      bucket: "logs",
      streamName: "shop",
      role: null,
      bufferingIntervalSeconds: 300,
      bufferingSizeMib: 128,
      compression: "gzip",
      prefix: "",
    });
  });

  it("take nothing but yes for yes", () => {
    expect(["y", " YES ", "n", "", "yep", "no y"].map(isYes)).toEqual([true, true, false, false, false, false]);
  });
});
