import { PlanBatch } from "../support/plan-batch";
import { changesIn, keyAndRole, planned, warningsOf } from "../support/terraform";

jest.setTimeout(600_000);

const plans = new PlanBatch("logging-pipeline", { shards: "[local.shards_needed, local.shards_carried]" });

/** Of a domain without log groups. */
const planOf = (search_domain: object) => plans.add({ log_groups: {}, search_domain });

/** So many log groups that share an index, and one that does not. */
const sharing = (count: number) =>
  Object.fromEntries(Array.from({ length: count + 1 }, (_, n) => [`/app/${n}`, n < count ? { index: "apps" } : {}]));

describe("the search domain", () => {
  const deny = { Effect: "Deny", Principal: { AWS: "*" }, Action: "es:ESHttpDelete", Resource: "*" };
  const ofNobody = planOf({ access_policy_statements: [JSON.stringify(deny)] });
  const ofReader = planOf({ reader_arns: ["arn:aws:iam::123456789012:role/reader"] });

  it("warns, and goes on, when nobody is let into the domain", async () => {
    const nobody = await ofNobody();
    expect(changesIn(nobody)).toEqual({ create: 7 });
    expect(warningsOf(nobody, "check.ways_in")).toEqual([expect.stringMatching(/^Nobody is let into the domain: /)]);

    expect(warningsOf(await ofReader(), "check.ways_in")).toEqual([]);
  });

  const master_user_arn = "arn:aws:iam::123456789012:role/master";
  const statement = (Principal: unknown) =>
    JSON.stringify({ Effect: "Allow", Principal, Action: "es:ESHttp*", Resource: "*" });
  const named = statement({ AWS: [master_user_arn] });
  const ofMaster = planOf({ master_user_arn, access_policy_statements: [named] });
  const ofSaml = planOf({
    master_user_arn,
    saml: { entity_id: "https://idp.example.com", metadata_content: "<xml/>" },
    access_policy_statements: [named, statement({ AWS: "*" })],
  });

  it("warns when nobody can sign in to Dashboards, or when a policy demands what browsers cannot give", async () => {
    expect(warningsOf(await ofMaster(), "check.ways_in")).toEqual([
      expect.stringMatching(/^Nobody can sign in to Dashboards: /),
    ]);

    const bySaml = await ofSaml();
    expect(changesIn(bySaml)).toEqual({ create: 8 });
    expect(warningsOf(bySaml, "check.ways_in")).toEqual([expect.stringMatching(/^No browser gets into Dashboards: /)]);
    expect(planned(bySaml, "aws_opensearch_domain_saml_options.this[0]")).toMatchObject({
      domain_name: "logging-pipeline",
      saml_options: [
        {
          enabled: true,
          idp: [{ entity_id: "https://idp.example.com", metadata_content: "<xml/>" }],
          session_timeout_minutes: 60,
        },
      ],
    });
  });

  const ofAsked = plans.add(
    {
      log_groups: {},
      search_domain: {
        ...{ instance_type: "r7g.large.search", instance_count: 3, availability_zones: 3, volume_size_gib: 200 },
        ...{ dedicated_master_type: "m7g.large.search", multi_az_with_standby: true },
        ...{ warm_count: 3, auto_tune: true, off_peak_window_start: "21:05", auto_software_update: true },
        custom_endpoint: {
          hostname: "search.example.com",
          certificate_arn: "arn:aws:acm:eu-central-1:123456789012:certificate/01234567",
        },
        log_types: ["ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS"],
      },
    },
    keyAndRole,
  );

  it("makes the domain that is asked for, and lets it alone write to its log groups", async () => {
    const plan = await ofAsked();
    const domain = planned(plan, "aws_opensearch_domain.this[0]");

    expect(domain).toMatchObject({
      cluster_config: [
        {
          ...{ multi_az_with_standby_enabled: true, zone_awareness_config: [{ availability_zone_count: 3 }] },
          ...{ warm_enabled: true, warm_count: 3, warm_type: "ultrawarm1.medium.search" },
          cold_storage_options: [{ enabled: false }],
        },
      ],
      // Terraform would keep the 125 MiB/s of a smaller volume.
      ebs_options: [{ ebs_enabled: true, volume_type: "gp3", volume_size: 200, throughput: 250 }],
      auto_tune_options: [{ desired_state: "ENABLED", use_off_peak_window: true }],
      off_peak_window_options: [
        { enabled: true, off_peak_window: [{ window_start_time: [{ hours: 21, minutes: 5 }] }] },
      ],
      software_update_options: [{ auto_software_update_enabled: true }],
      domain_endpoint_options: [{ custom_endpoint_enabled: true, custom_endpoint: "search.example.com" }],
    });
    expect((domain.log_publishing_options as { log_type: string }[]).map(({ log_type }) => log_type)).toEqual([
      "ES_APPLICATION_LOGS",
      "INDEX_SLOW_LOGS",
    ]);
    const folder = "/aws/OpenSearchService/domains/logging-pipeline/";
    expect(planned(plan, 'aws_cloudwatch_log_group.domain["INDEX_SLOW_LOGS"]')).toMatchObject({
      ...{ name: `${folder}index-slow-logs`, retention_in_days: 365 },
      kms_key_id: "arn:aws:kms:eu-central-1:123456789012:key/key",
    });
    const { policy_document } = planned(plan, "aws_cloudwatch_log_resource_policy.domain[0]");
    expect(JSON.parse(String(policy_document)).Statement).toEqual([
      {
        ...{ Sid: "DomainWritesItsLogs", Effect: "Allow", Principal: { Service: "es.amazonaws.com" } },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
        Resource: `arn:aws:logs:eu-central-1:123456789012:log-group:${folder}*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:es:eu-central-1:123456789012:domain/logging-pipeline" },
        },
      },
    ]);
    const { index_settings, search_domain_log_group_names, kms_key_id, dashboards_url } = plan.planned_values.outputs;
    expect(index_settings!.value).toMatchObject({ replicas: 2 });
    expect(search_domain_log_group_names!.value).toEqual({
      ...{ ES_APPLICATION_LOGS: `${folder}application-logs`, INDEX_SLOW_LOGS: `${folder}index-slow-logs` },
    });
    expect([kms_key_id!.value, dashboards_url?.value]).toEqual(["key", "https://search.example.com/_dashboards"]);
  });

  const ofOwnDisks = planOf({ instance_type: "r7gd.large.search" });

  it("makes no volume for data nodes with disks of their own", async () => {
    const plan = await ofOwnDisks();

    const { ebs_options } = planned(plan, "aws_opensearch_domain.this[0]");
    expect(ebs_options).toMatchObject([{ ebs_enabled: false }]);
    expect((ebs_options as { volume_size?: number }[])[0]).not.toHaveProperty("volume_size", expect.any(Number));
    expect(plan.planned_values.outputs.index_settings!.value).toMatchObject({ replicas: 1 });
  });
});

describe("the plan", () => {
  const keeping = (keep_count: number) => ({ schedule: "rate(1 day)", keep_count });

  const ofKept = plans.add({ index_retention_days: 0 });

  it("says of which day the shards are where nothing deletes the indices", async () => {
    expect(warningsOf(await ofKept(), "check.shards")).toEqual([
      expect.stringMatching(
        /will have 1098 shards after 365 days, as nothing deletes them by their age or number, and /,
      ),
    ]);
  });

  const log_groups = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`/app/${n}`, {}]));
  const counted: [what: string, variables: object, shards: [needed: number, carried: number | null]][] = [
    ["of each log group and day, and of the day that is not over", { index_retention_days: 1 }, [20, 25]],
    [
      "of a shared index once, with their replicas",
      { search_domain: { instance_type: "c7g.xlarge.search", instance_count: 3 }, log_groups: sharing(10) },
      [124, 300],
    ],
    [
      "of an hour, that are never deleted, after a year",
      { index_period: "hour", index_retention_days: 0, search_domain: { instance_type: "r7g.16xlarge.search" } },
      [87_610, 800],
    ],
    [
      "that the clean-up keeps by their age and number",
      { index_retention_days: 0, index_cleanup: { schedule: "rate(1 day)", keep_days: 3, keep_count: 90 } },
      [40, 25],
    ],
    ["that the policy deletes before the clean-up", { index_retention_days: 1, index_cleanup: keeping(9) }, [20, 25]],
    [
      "of a year where the clean-up deletes nothing",
      { index_retention_days: 0, index_cleanup: { ...keeping(2), dry_run: true } },
      [3_660, 25],
    ],
    [
      "of a month",
      { index_period: "month", index_shards: 3, search_domain: { instance_type: "zz9.large.search" } },
      [60, null],
    ],
    [
      "that the engine's own template makes",
      { index_template: "none", search_domain: { instance_type: "m7g.medium.search" } },
      [3_100, 50],
    ],
  ];
  it.each(
    counted.map(([what, variables, expected]) => [what, plans.add({ log_groups, ...variables }), expected] as const),
  )("counts the shards %s, beside what the domain should carry", async (_, ofShards, expected) => {
    expect((await ofShards()).planned_values.outputs.shards!.value).toEqual(expected);
  });
});
