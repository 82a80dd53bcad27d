import { laneName } from "../../modules/logging-pipeline/lane-name";
import { examinedPipeline, functionWith, type PipelineToBreak, streamArnOf } from "./pipeline";

const OWN = "/ecs/checkout-service";

/** Examines a pipeline with one lane, and returns its findings about log groups. */
async function groupFindings(breakIt: (pipeline: PipelineToBreak) => void): Promise<(string | undefined)[]> {
  const { findings, unchecked } = await examinedPipeline(breakIt);
  return [
    ...findings.filter(({ check }) => check === "log-group").map(({ subject, found }) => `${subject}: ${found}`),
    ...unchecked.filter(({ checks }) => checks.includes("log-group")).map(({ reason }) => reason),
  ];
}

/** Log groups by name, each with the streams that its filters go to. */
function has({ answers }: PipelineToBreak, groups: Readonly<Record<string, readonly string[]>>): void {
  answers.DescribeLogGroupsCommand = ({ logGroupNamePrefix = "", logGroupNamePattern = "" }) => ({
    logGroups: Object.keys(groups)
      .filter((name) => name.startsWith(String(logGroupNamePrefix)) && name.includes(String(logGroupNamePattern)))
      .map((logGroupName) => ({ logGroupName })),
  });
  answers.DescribeSubscriptionFiltersCommand = ({ logGroupName }) => ({
    subscriptionFilters: groups[String(logGroupName)]!.map((stream) => ({ destinationArn: streamArnOf(stream) })),
  });
}

describe("the pipeline's log groups, without --log-group", () => {
  const stream = laneName("logs", OWN);

  it("finds the log group of a stream by the hash in its name", async () => {
    const ownStream = (pipeline: PipelineToBreak) => {
      pipeline.answers.ListStreamsCommand = () => ({ StreamNames: [stream] });
    };
    expect(
      await groupFindings((pipeline) => {
        ownStream(pipeline);
        has(pipeline, { "/aws/lambda/shop": ["logs_shop"], "/ecs/checkout-services": [], [OWN]: [stream] });
      }),
    ).toEqual([]);
    expect(
      await groupFindings((pipeline) => {
        ownStream(pipeline);
        has(pipeline, { "/aws/lambda/shop": ["logs_shop"], [OWN]: ["other_foo"] });
      }),
    ).toEqual([`${OWN}: none of its 1 subscription filters goes to a stream logs_…`]);
    expect(
      await groupFindings((pipeline) => {
        ownStream(pipeline);
        has(pipeline, { "/aws/lambda/shop": ["logs_shop"], "/ecs/checkout-services": [] });
      }),
    ).toEqual([`${stream}: no log group has the name that this stream was made for`]);
  });

  it("says so where too many log groups may be it", async () => {
    expect(
      await groupFindings((pipeline) => {
        pipeline.answers.ListStreamsCommand = () => ({ StreamNames: [stream] });
        const healthy = pipeline.answers.DescribeLogGroupsCommand!;
        pipeline.answers.DescribeLogGroupsCommand = (input) =>
          input.logGroupNamePattern === undefined ? healthy(input) : { logGroups: [], nextToken: "next" };
      }),
    ).toEqual([
      expect.stringMatching(
        /^its log group is none of the first 1000 whose names have "checkout"; name it by --log-group$/,
      ),
    ]);
  });

  const shared = functionWith({
    ARCHIVE_LAYOUT: "stream",
    LOG_GROUPS: JSON.stringify([{ names: ["/app/cart", "logs_shop"], PARSER: "lambda" }]),
  });

  it("knows the log groups that a shared stream's function names", async () => {
    const groups = { "/aws/lambda/shop": ["logs_shop"], "/app/cart": [] };
    expect(
      await groupFindings((pipeline) => {
        shared(pipeline);
        has(pipeline, groups);
      }),
    ).toEqual(["/app/cart: none of its 0 subscription filters goes to a stream logs_…"]);
    // They may be of other accounts.
    expect(
      await groupFindings((pipeline) => {
        shared(pipeline);
        has(pipeline, groups);
        pipeline.answers.DescribeDestinationsCommand = () => ({
          destinations: [{ targetArn: streamArnOf("logs_shop") }],
        });
      }),
    ).toEqual([]);
  });

  it("knows the account's subscription, and whom it leaves out", async () => {
    const policy = (selectionCriteria: string) => (pipeline: PipelineToBreak) => {
      shared(pipeline);
      has(pipeline, { "/aws/lambda/shop": [], "/app/cart": [] });
      const policyDocument = JSON.stringify({ DestinationArn: streamArnOf("logs_shop"), FilterPattern: "" });
      pipeline.answers.DescribeAccountPoliciesCommand = () => ({
        accountPolicies: [{ policyDocument, selectionCriteria }],
      });
    };
    expect(await groupFindings(policy(""))).toEqual([]);
    expect(await groupFindings(policy('LogGroupName NOT IN ["/app/cart", "/app/cart-2"]'))).toEqual([
      expect.stringMatching(/^\/app\/cart: /),
    ]);
  });
});
