import { logGroupsOfStacks } from "../../modules/logging-pipeline/own-log-groups";
import { PlanBatch } from "../support/plan-batch";
import { account, changesIn, logGroupsIn, planned, region, warningsOf } from "../support/terraform";

jest.setTimeout(600_000);

const plans = new PlanBatch("logging-pipeline");

describe("log groups that are not named", () => {
  const search = {
    search_endpoint: "https://search.example.com",
    search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search",
  };
  const streams = { quiet: {}, rest: { shards: 0 } };

  const planOfAll = plans.add({
    streams,
    log_groups: {
      "/app/orders": { create: false, stream: "quiet" },
      "/app/new": {},
      moved: { create: false, stream: "quiet" },
    },
    log_group_prefixes: {
      "/app/": { stream: "rest" },
      "/aws/": { stream: "rest" },
      "/aws/lambda/": { stream: "quiet", filter_pattern: "ERROR", exclude: ["/aws/lambda/legacy"] },
      "/aws/lambda/payment-": { stream: "rest", distribution: "Random" },
    },
    account_subscription: { stream: "rest", exclude: ["/aws/vpc/flow-logs", "/app/new"] },
    log_destination: { stream: "rest", account_ids: ["210987654321"] },
    index_cleanup: { schedule: "rate(1 day)", keep_count: 9 },
    search_domain: {
      log_types: ["ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"],
      ...{ master_user_arn: "arn:aws:iam::123456789012:role/master" },
      audit_log_group_arn: "arn:aws:logs:eu-central-1:123456789012:log-group:/audit",
    },
  });

  it("are found by the longest prefix, and are no own ones, excluded ones and none of log_groups", async () => {
    expect((await planOfAll()).planned_values.outputs.found_log_groups!.value).toEqual({
      "/app/": [],
      "/aws/": [],
      "/aws/lambda/": ["/aws/lambda/thumbnails"],
      "/aws/lambda/payment-": ["/aws/lambda/payment-api"],
    });
  });

  const ofAuditLogs = plans.addRejected({
    streams,
    log_groups: {},
    log_group_prefixes: { "/app/": { stream: "rest" }, "/aws/": { stream: "rest" } },
    search_domain: {
      master_user_arn: "arn:aws:iam::123456789012:role/master",
      audit_log_group_arn: "arn:aws:logs:eu-central-1:123456789012:log-group:/app/orders",
    },
  });

  it("are not found where they are that of the domain's audit logs, until they are excluded", async () => {
    expect(await ofAuditLogs()).toEqual([
      expect.stringMatching(
        /^log_group_prefixes = "\/app\/orders": allowed is any log group but .* Name it in exclude/,
      ),
    ]);
  });

  it("are subscribed to the streams of their prefixes, and are not created", async () => {
    const plan = await planOfAll();
    const filters = plan.resource_changes
      .filter(({ type }) => type === "aws_cloudwatch_log_subscription_filter")
      .map(({ index, change: { after } }) => [index, after.name, after.filter_pattern, after.distribution]);
    expect(filters).toEqual([
      ["/app/new", expect.stringMatching(/^logging-pipeline_-app-new_/), "", "ByLogStream"],
      ["/app/orders", "logging-pipeline_quiet", "", "ByLogStream"],
      ["/aws/lambda/payment-api", "logging-pipeline_rest", "", "Random"],
      ["/aws/lambda/thumbnails", "logging-pipeline_quiet", "ERROR", "ByLogStream"],
      ["moved", "logging-pipeline_quiet", "", "ByLogStream"],
    ]);
    expect(planned(plan, 'aws_cloudwatch_log_subscription_filter.this["/aws/lambda/thumbnails"]')).toMatchObject({
      log_group_name: "/aws/lambda/thumbnails",
      destination_arn: `arn:aws:kinesis:${region}:${account}:stream/logging-pipeline_quiet`,
    });
    expect(logGroupsIn(plan)).not.toContain("/aws/lambda/thumbnails");
  });

  it("are all of the account but those to which the pipeline writes, which it subscribes, and which are excluded", async () => {
    const plan = await planOfAll();
    const excluded = plan.planned_values.outputs.excluded_log_groups!.value as string[];
    const { selection_criteria, policy_name, policy_type, scope } = planned(
      plan,
      "aws_cloudwatch_log_account_policy.account_subscription[0]",
    );

    expect(selection_criteria).toBe(`LogGroupName NOT IN [${excluded.map((name) => `"${name}"`).join(", ")}]`);
    expect([policy_name, policy_type, scope]).toEqual(["logging-pipeline", "SUBSCRIPTION_FILTER_POLICY", "ALL"]);
    expect(excluded).toEqual([...new Set(excluded)].sort());
    // Each that the plan makes: of forwarders, clean-up, domain, and the one in log_groups.
    expect(logGroupsIn(plan)).toHaveLength(1 + 3 + 1 + 3);
    expect(excluded).toEqual(expect.arrayContaining(logGroupsIn(plan)));
    expect(excluded).toEqual(expect.arrayContaining(logGroupsOfStacks("logging-pipeline")));
    expect(excluded).toEqual(
      expect.arrayContaining(["/app/orders", "/audit", "/aws/lambda/payment-api", "/aws/vpc/flow-logs"]),
    );
    expect(excluded).not.toContain("/aws/lambda/legacy");
  });

  it("are those of other accounts, which get a destination and two lines", async () => {
    const plan = await planOfAll();
    const arn = `arn:aws:logs:${region}:${account}:destination:logging-pipeline`;
    const { log_destination_arn, log_destination_lines, log_destination_role_trust_policy } =
      plan.planned_values.outputs;

    expect(log_destination_arn!.value).toBe(arn);
    expect(log_destination_lines!.value).toBe(`destination_arn = "${arn}"\ndistribution    = "Random"`);
    expect(planned(plan, "aws_cloudwatch_log_destination.this[0]")).toMatchObject({
      name: "logging-pipeline",
      target_arn: `arn:aws:kinesis:${region}:${account}:stream/logging-pipeline_rest`,
    });
    expect(JSON.parse(String(log_destination_role_trust_policy!.value)).Statement).toEqual([
      expect.objectContaining({
        Condition: {
          ArnLike: {
            "aws:SourceArn": [`arn:aws:logs:${region}:${account}:*`, `arn:aws:logs:${region}:210987654321:*`],
          },
        },
      }),
    ]);
    expect(
      JSON.parse(String(planned(plan, "aws_cloudwatch_log_destination_policy.this[0]").access_policy)).Statement,
    ).toEqual([
      {
        Sid: "AccountsSubscribe",
        Effect: "Allow",
        Principal: { AWS: ["210987654321"] },
        Action: ["logs:PutSubscriptionFilter", "logs:PutAccountPolicy"],
        Resource: arn,
      },
    ]);
  });

  const ofAccount = plans.add({
    ...search,
    streams: { all: { shards: 8 } },
    log_groups: {},
    account_subscription: { stream: "all" },
  });

  it("are any number by eleven resources, without those of a domain that was there before", async () => {
    const plan = await ofAccount();
    const { value: excluded } = plan.planned_values.outputs.excluded_log_groups!;

    expect(changesIn(plan)).toEqual({ create: 11 });
    expect(excluded).toEqual(expect.arrayContaining(["/aws/lambda/logging-pipeline_all"]));
    expect(excluded).toEqual(
      expect.arrayContaining(
        ["application-logs", "index-slow-logs", "search-slow-logs", "audit-logs"].map(
          (end) => `/aws/OpenSearchService/domains/search/${end}`,
        ),
      ),
    );
  });

  it("are counted as indices, each by itself without a default index", async () => {
    // Three of log_groups and two that are found, each with as many as the clean-up keeps.
    expect(warningsOf(await planOfAll(), "check.shards")).toEqual([
      expect.stringContaining(`will have ${5 * 9} shards`),
    ]);
  });
});
