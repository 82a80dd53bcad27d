import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { settled } from "../registry/support/state";
import { PlanBatch } from "../support/plan-batch";
import { skippedUnless } from "../support/skipped";
import { account, keyAndRole, region, type StoredResource } from "../support/terraform";

jest.setTimeout(600_000);

const withJq = skippedUnless(spawnSync("jq", ["--version"]).status === 0, "jq");

describe("the plan of a pipeline that exists", () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
  const identified = (id: string) => ({ id, arn: id });
  const made: readonly StoredResource[] = [
    {
      ...{ type: "aws_opensearch_domain", name: "this", index: 0 },
      attributes: {
        ...identified(arn("es", "domain/logging-pipeline")),
        domain_name: "logging-pipeline",
        endpoint: "search.example.com",
      },
    },
    {
      ...{ type: "aws_kinesis_stream", name: "this", index: "foo" },
      attributes: { ...identified(arn("kinesis", "stream/logging-pipeline_foo")), name: "logging-pipeline_foo" },
    },
    {
      ...{ type: "aws_cloudwatch_log_group", name: "this", index: "foo" },
      attributes: { ...identified(arn("logs", "log-group:foo")), id: "foo" },
    },
    {
      ...{ type: "aws_cloudwatch_log_subscription_filter", name: "this", index: "foo" },
      attributes: { id: "cwlsf-1" },
    },
  ];
  const foo = { log_groups: { foo: {} } };
  const ofFirst = new PlanBatch("logging-pipeline").add(foo, keyAndRole);
  const existing = async () => settled(await ofFirst(), [...keyAndRole, ...made]);
  const [domain, stream, logGroup, filter] = [
    "aws_opensearch_domain.this[0]",
    'aws_kinesis_stream.this["foo"]',
    'aws_cloudwatch_log_group.this["foo"]',
    'aws_cloudwatch_log_subscription_filter.this["foo"]',
  ] as const;
  const replaced = ["delete", "create"];
  // As the subscription filters are, whose dependencies they are.
  const replacedFirst = ["create", "delete"];
  const kept = expect.not.arrayContaining(["delete"]);

  const plans = new PlanBatch("logging-pipeline");
  const cases: [what: string, variables: object, actions: Record<string, unknown>, unread?: true][] = [
    [
      "keeps all that holds data when nothing is set",
      {},
      { [domain]: kept, [stream]: kept, [logGroup]: kept, [filter]: kept },
    ],
    [
      "destroys the domain when search_endpoint is set",
      { search_endpoint: "https://search.example.com" },
      { [domain]: ["delete"], [stream]: kept },
    ],
    [
      "replaces the domain when it moves into a VPC",
      { vpc: { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] } },
      { [domain]: replaced, [stream]: kept },
    ],
    [
      "replaces domain and streams when name is changed, and no log group",
      { name: "other" },
      { [domain]: replaced, [stream]: replacedFirst, [logGroup]: kept },
      true,
    ],
    [
      "replaces the domain, and destroys its own key, when it is to use an existing one",
      { create_kms_key: false, kms_key_arn: arn("kms", "key/central") },
      { [domain]: replaced, [stream]: kept, [logGroup]: kept, "aws_kms_key.this[0]": ["delete"] },
    ],
    [
      "takes a log group that it created out of the state when create becomes false",
      { log_groups: { foo: { create: false } } },
      { [logGroup]: ["delete"], [stream]: kept },
    ],
    [
      "moves a log group by a filter that is made before the old one goes, and keeps its own stream",
      { streams: { apps: {} }, log_groups: { foo: { stream: "apps", keep_own_stream: true } } },
      {
        ...{ [filter]: replacedFirst, [stream]: kept, [logGroup]: kept },
        ...{ 'aws_lambda_event_source_mapping.this["foo"]': kept, 'aws_kinesis_stream.this["apps"]': ["create"] },
      },
    ],
    [
      "destroys a log group's own stream when it shares one without keep_own_stream",
      { streams: { apps: {} }, log_groups: { foo: { stream: "apps" } } },
      { [filter]: replacedFirst, [stream]: ["delete"], [logGroup]: kept },
      true,
    ],
    [
      "destroys all of a log group that is no more in log_groups",
      { log_groups: {} },
      { [filter]: ["delete"], [stream]: ["delete"] },
    ],
    [
      "keeps the stream, its records and the filter of a log group that shares a stream of its name",
      { streams: { foo: {} }, log_groups: { foo: { stream: "foo" } } },
      { [filter]: kept, [stream]: kept, [logGroup]: kept },
    ],
  ];
  const planOf = Object.fromEntries(
    cases.map(([what, variables]) => [what, plans.add({ ...foo, ...variables }, existing)] as const),
  );
  it.each(cases)("%s, as its description says", async (what, _, actions) => {
    const { resource_changes } = await planOf[what]!();

    const planned = resource_changes.map(({ address, change }) => [address, change.actions]);
    expect(Object.fromEntries(planned)).toMatchObject(actions);
  });

  withJq.it("is stopped by the documented step where records would be lost that are not read yet", async () => {
    const page = await readFile(join(__dirname, "../../docs/terraform.md"), "utf8");
    const [, filter] = /terraform show -json plan \| jq -e '([^']+)'/.exec(page)!;
    const isStopped = (plan: object) => spawnSync("jq", ["-e", filter!], { input: JSON.stringify(plan) }).status;

    const stopped = await Promise.all(cases.map(async ([what]) => [what, isStopped(await planOf[what]!())]));
    expect(stopped).toEqual(cases.map(([what, , , unread]) => [what, unread ? 1 : 0]));
    expect(isStopped({})).toBe(0);

    const from = `arn:aws:kinesis:${region}:${account}:stream/shared`;
    const change = (type: string, actions: string[], before: object) => ({ type, change: { actions, before } });
    const goes = change("aws_kinesis_stream", ["delete"], { arn: from });
    for (const delivers of [
      change("aws_cloudwatch_log_account_policy", ["update"], {
        policy_document: JSON.stringify({ DestinationArn: from }),
      }),
      change("aws_cloudwatch_log_destination", ["update"], { target_arn: from }),
      change("aws_cloudwatch_log_subscription_filter", ["create", "delete"], { destination_arn: from }),
    ]) {
      expect([delivers, isStopped({ resource_changes: [goes, delivers] })]).toEqual([delivers, 1]);
      const elsewhere = JSON.parse(JSON.stringify(delivers).replaceAll("/shared", "/shared-2"));
      expect([elsewhere, isStopped({ resource_changes: [goes, elsewhere] })]).toEqual([elsewhere, 0]);
    }
  });
});
