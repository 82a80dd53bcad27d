import { parseDoctorArguments } from "../../doctor/arguments/arguments";
import { doctorCommandLine } from "../../doctor/arguments/options";
import { type DoctorAsks, runDoctor } from "../../doctor/command";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { fakeIam } from "./iam";
import { awsError, fakeClients, fakeEngine, healthyAnswers, healthyDomains, healthyEngine } from "./pipeline";

const parsed = (...args: string[]) =>
  parseDoctorArguments(doctorCommandLine().parse(["node", "doctor", ...args]) as UsageCommand, {});

/** The errors of a command line. */
function errorsOf(...args: string[]): string[] {
  try {
    parsed(...args);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

/** Runs the command against fakes. */
async function run(answers: ReturnType<typeof healthyAnswers>, ...args: string[]) {
  return runOn({ isAws: true }, answers, ...args);
}

async function runOn(
  { isAws }: Pick<DoctorAsks, "isAws">,
  answers: ReturnType<typeof healthyAnswers>,
  ...args: string[]
) {
  const printed: string[] = [];
  const engines: unknown[] = [];
  const functions: string[] = [];
  const asked: DoctorAsks = {
    ...{ clients: fakeClients(answers), isAws },
    engineAt(endpoint, login) {
      engines.push([endpoint, login]);
      return fakeEngine(healthyEngine()).api;
    },
    apisOf(functionArn) {
      functions.push(functionArn);
      return { iam: fakeIam(), domains: fakeEngine(healthyDomains()).api };
    },
    clock: { nowMs: Date.now, sleep: async () => undefined },
  };
  const exitCode = await runDoctor(parsed("--name", "logs", ...args), (text) => printed.push(text), asked);
  return { exitCode, output: printed.join("\n"), engines };
}

describe("the command line of the doctor", () => {
  it("needs the pipeline's name; all else has defaults", () => {
    expect(parsed("--name", "logs")).toEqual({ name: "logs", logGroups: [], login: { by: "aws" }, isJson: false });
    const place = ["--region", "eu-central-1"];
    const groups = ["--log-group", "/aws/lambda/shop", "--log-group", "foo"];
    const search = ["--search-endpoint", "https://search.example.com", "--login", "none"];
    expect(parsed("--name", "logs", ...place, ...groups, ...search, "--json")).toEqual({
      ...{ name: "logs", region: "eu-central-1" },
      ...{ searchEndpoint: "https://search.example.com", logGroups: ["/aws/lambda/shop", "foo"] },
      ...{ login: { by: "none" }, isJson: true },
    });
  });

  it("reports all errors together", () => {
    const wrong = ["--name", "Logs", "--search-endpoint", "http://example.com", "--log-group", "a b", "--regoin", "x"];
    expect(errorsOf(...wrong)).toEqual([
      expect.stringMatching(/^- --name is "Logs"\. Allowed: the pipeline's name/),
      expect.stringMatching(/^- --search-endpoint is .*Allowed: an https:\/\/ origin/),
      "- Unknown option '--regoin'. (Did you mean --region?)",
      '- --log-group is "a b". Allowed: 1 to 512 letters, digits and . - _ / #.',
    ]);
    expect(errorsOf()).toEqual([expect.stringMatching(/^- --name is missing/)]);
    expect(errorsOf("--name", "logs", "--test-event", "--wait-seconds", "1")).toEqual([
      '- --wait-seconds is "1". Allowed: a whole number from 5 to 900.',
      "- --test-event needs --log-group: the log group that the event is put into, once for each.",
    ]);
    expect(errorsOf("--name", "logs", "--wait-seconds", "60")).toEqual([
      "- --wait-seconds applies only to --test-event.",
    ]);
  });

  it("puts a test event only if it is asked to", () => {
    const group = ["--name", "logs", "--log-group", "foo", "--test-event"];
    expect(parsed(...group).testEvent).toEqual({ waitSeconds: 120 });
    expect(parsed(...group, "--wait-seconds", "300").testEvent).toEqual({ waitSeconds: 300 });
  });

  it("has a help that names each option", () => {
    const help = doctorCommandLine().helpInformation();
    for (const option of [
      "name",
      "region",
      "search-endpoint",
      "log-group",
      "test-event",
      "wait-seconds",
      "login",
      "json",
    ]) {
      expect(help).toContain(`--${option} `);
    }
    expect(help).toMatch(/--name <name> .*\(required\)/s);
  });
});

describe("the doctor's command", () => {
  it("asks the engine that a function's environment names, and ends with 0 if nothing is wrong", async () => {
    expect(await run(healthyAnswers(), "--region", "eu-west-1")).toEqual({
      exitCode: 0,
      output: "Nothing is wrong with logs, 1 stream.",
      engines: [["https://search.example.com", { by: "aws", region: "eu-west-1" }]],
    });
    const other = ["--search-endpoint", "https://other.example.com", "--login", "none"];
    expect((await run(healthyAnswers(), ...other)).engines).toEqual([["https://other.example.com", { by: "none" }]]);
  });

  it("looks for no metrics of an emulator, which has none", async () => {
    const answers = { ...healthyAnswers(), GetMetricStatisticsCommand: () => ({}) };
    expect((await run(answers)).output).toContain("stream-silent");
    expect((await runOn({ isAws: false }, answers)).exitCode).toBe(0);
  });

  it("ends with 1 for a finding, as text and as JSON", async () => {
    const answers = healthyAnswers();
    answers.ListStreamsCommand = () => ({ StreamNames: [] });
    answers.DescribeAlarmsCommand = () => ({ MetricAlarms: [] });
    const text = await run(answers);
    expect([text.exitCode, text.output]).toEqual([1, expect.stringContaining("there is no stream logs_…")]);
    const { exitCode, output } = await run(answers, "--json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ isHealthy: false, findings: [{ check: "streams", subject: "logs" }] });
  });

  it("does nothing if the streams cannot be listed", async () => {
    const answers = healthyAnswers();
    answers.ListStreamsCommand = () => {
      throw awsError("UnrecognizedClientException", 400);
    };
    await expect(run(answers)).rejects.toThrow(/The streams cannot be listed: .*Check AWS_PROFILE/s);
  });

  it.each([
    [
      Object.assign(new SyntaxError("Unexpected token '<'\n  Deserialization error: inspect {error}.$response"), {
        $response: { statusCode: 200 },
      }),
      "what answers is no API of AWS: 200, and something that is no JSON",
    ],
    [
      Object.assign(new Error("Deserialization error"), { $metadata: { httpStatusCode: 502 } }),
      "what answers is no API of AWS: 502, and something that is no JSON",
    ],
    [
      Object.assign(new Error("getaddrinfo ENOTFOUND kinesis.eu-central-99.amazonaws.com"), {
        ...{ code: "ENOTFOUND", hostname: "kinesis.eu-central-99.amazonaws.com" },
      }),
      "kinesis.eu-central-99.amazonaws.com is not known: there is no such region, or no DNS",
    ],
    [
      awsError("UnrecognizedClientException", 400),
      "UnrecognizedClientException: the credentials are not valid, or the account has not enabled the region",
    ],
  ])("says why the streams cannot be listed: %s", async (error, reason) => {
    const answers = healthyAnswers();
    answers.ListStreamsCommand = () => {
      throw error;
    };
    await expect(run(answers)).rejects.toThrow(
      `- The streams cannot be listed: ${reason}. Check AWS_PROFILE, AWS_REGION or --region, and AWS_ENDPOINT_URL.`,
    );
  });
});
