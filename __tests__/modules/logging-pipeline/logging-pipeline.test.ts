import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { LogArchive, LoggingPipeline, LoggingPipelineError, type LoggingPipelineProps } from "../../../modules";
import { camelCase } from "../../../modules/inputs/schema";
import {
  asProps,
  rejectedByArchive,
  rejectedByPipeline,
  rejectedTogetherByArchive,
  rejectedTogetherByPipeline,
  rejectedWithoutOptions,
} from "../../support/rejected-inputs";

const newStack = (): TerraformStack => new TerraformStack(Testing.app(), "stack");

function errorsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof LoggingPipelineError) {
      return error.errors;
    }
    throw error;
  }
  return [];
}

describe("LoggingPipeline", () => {
  it("needs no prop but the log groups", () => {
    const stack = newStack();

    new LoggingPipeline(stack, "logs", { logGroups: { foo: { shards: 1 } } });

    const { resource, locals } = JSON.parse(Testing.synth(stack));
    expect(Object.keys(resource)).toHaveLength(19);
    expect(JSON.stringify(locals)).toContain(
      '{ \\"foo\\" = { \\"stream\\" = null, \\"keep_own_stream\\" = false, \\"previous_stream\\" = null, \\"shards\\" = 1, \\"retention_in_days\\" = 365, \\"filter_pattern\\" = \\"\\", \\"distribution\\" = \\"ByLogStream\\", \\"reserved_concurrent_executions\\" = null, \\"time_field\\" = null, \\"index\\" = null, \\"parser\\" = null, \\"parser_fields\\" = null, \\"keep_message\\" = null, \\"event_original\\" = null, \\"fields\\" = null, \\"join_lines\\" = null, \\"rules\\" = null, \\"metrics\\" = null, \\"create\\" = true, \\"skip_destroy\\" = null } }',
    );
  });

  it("can be created twice in one stack", () => {
    const stack = newStack();

    new LoggingPipeline(stack, "staging", { name: "staging" });
    new LoggingPipeline(stack, "production", { name: "production" });

    const { resource } = JSON.parse(Testing.synth(stack));
    expect(Object.keys(resource.aws_kms_key)).toHaveLength(2);
  });

  it("takes tokens, whose values Terraform validates at plan", () => {
    const stack = newStack();
    const days = new TerraformVariable(stack, "days", { type: "number" });
    const domain = new TerraformVariable(stack, "domain", { type: "any" });

    new LoggingPipeline(stack, "logs", {
      logGroups: { foo: { retentionInDays: days.numberValue } },
      searchDomain: domain.value,
      permissionsBoundaryArn: Token.asString(days.value),
    });

    const { resource, locals } = JSON.parse(Testing.synth(stack));
    expect(JSON.stringify(locals)).toContain('\\"retention_in_days\\" = var.days');
    const [opensearch] = Object.values<Record<string, unknown>>(resource.aws_opensearch_domain);
    expect(opensearch).toMatchObject({ engine_version: "${var.domain.engine_version}" });
  });

  it("leaves the rules about tokens in an object to the plan, and no other", () => {
    const stack = newStack();
    const zones = new TerraformVariable(stack, "zones", { type: "number" });
    const found: { condition: string; error_message: string }[] = [];

    new LoggingPipeline(stack, "logs", {
      searchDomain: { instanceCount: 3, availabilityZones: zones.numberValue },
    });

    JSON.parse(Testing.synth(stack), (name, value) => {
      if (name === "precondition") found.push(...value);
      return value;
    });
    const about = found.filter(({ error_message }) => error_message.startsWith("search_domain = "));
    expect(about.map(({ condition }) => condition)).toEqual([
      expect.stringContaining('[for given in [{ "availability_zones" = var.zones, "instance_count" = 3 }]'),
      expect.stringContaining('"multi_az_with_standby" = false'),
    ]);
  });

  it("keeps quotes, backslashes and template signs of a filter pattern as they are", () => {
    const stack = newStack();

    new LoggingPipeline(stack, "logs", { logGroups: { foo: { filterPattern: '{ $.a = "\\${x}%{y}" }' } } });

    const { locals } = JSON.parse(Testing.synth(stack));
    expect(JSON.stringify(Object.values(locals))).toContain(
      JSON.stringify('"filter_pattern" = "{ $.a = \\"\\\\$${x}%%{y}\\" }"').slice(1, -1),
    );
  });

  it.each(rejectedByPipeline)("rejects $messages", ({ given, messages }) => {
    const errors = errorsOf(() => new LoggingPipeline(newStack(), "logs", asProps(given)));

    for (const message of messages) {
      expect(errors).toContainEqual(expect.stringContaining(camelCase(message)));
    }
  });

  it("rejects inputs that break a constraint between them", () => {
    const errors = errorsOf(() => new LoggingPipeline(newStack(), "logs", asProps(rejectedTogetherByPipeline.given)));

    expect(errors).toHaveLength(rejectedTogetherByPipeline.messages.length);
    for (const message of rejectedTogetherByPipeline.messages) {
      expect(errors).toContainEqual(expect.stringContaining(camelCase(message)));
    }
  });

  it("rejects values by themselves and together at once, unless their types are wrong", () => {
    const rules = [{ action: "redact", pattern: "(" }];
    const errorsWith = (props: object) => errorsOf(() => new LoggingPipeline(newStack(), "logs", props));

    expect(errorsWith({ logGroups: { foo: { rules, joinLines: "[" } } })).toEqual([
      expect.stringContaining('logGroups["foo"].joinLines = "["'),
      expect.stringContaining('logGroups["foo"].rules[0].pattern = "("'),
      expect.stringContaining(
        'logGroups = "foo": allowed is any log group without redact in its rules, unless archiveContent',
      ),
    ]);
    for (const logGroups of ["foo", { foo: null }, { foo: { rules: "redact" } }, { foo: { rules: [null] } }]) {
      expect(errorsWith({ logGroups, archiveContent: "redacted" })).not.toContainEqual(
        expect.stringContaining("archiveContent"),
      );
    }
  });

  it("rejects an archive that no rule redacts", () => {
    const errorsWith = (rules: object[]) =>
      errorsOf(
        () =>
          new LoggingPipeline(
            newStack(),
            "logs",
            asProps({ archive_content: "redacted", log_groups: { foo: { rules } } }),
          ),
      );

    expect(errorsWith([{ action: "drop", pattern: "a" }])).toEqual([
      'archiveContent = "redacted": allowed is redacted only if a rule of logGroups or streams redacts: without one, the archive has events as they came.',
    ]);
    new LoggingPipeline(newStack(), "logs", { archiveContent: "raw" });
  });

  it("rejects a target stream beside a search endpoint, and its key without it", () => {
    const targetStreamArn = "arn:aws:kinesis:eu-central-1:123456789012:stream/app-logs";
    const targetStreamKmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1";
    const errorsWith = (props: LoggingPipelineProps) => errorsOf(() => new LoggingPipeline(newStack(), "logs", props));

    expect(errorsWith({ targetStreamArn, searchEndpoint: "https://search.example.com" })).toEqual([
      expect.stringContaining(`targetStreamArn = "${targetStreamArn}": allowed is null when searchEndpoint is given`),
    ]);
    expect(errorsWith({ targetStreamKmsKeyArn })).toEqual([
      expect.stringContaining(`targetStreamKmsKeyArn = "${targetStreamKmsKeyArn}": allowed is null unless`),
    ]);
    new LoggingPipeline(newStack(), "logs", { targetStreamArn, targetStreamKmsKeyArn });
  });

  it("rejects two master users", () => {
    const searchDomain = {
      masterUserArn: "arn:aws:iam::123456789012:role/master",
      masterUserSecretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:master",
    };

    expect(errorsOf(() => new LoggingPipeline(newStack(), "logs", { searchDomain }))).toEqual([
      expect.stringContaining(
        `searchDomain.masterUserSecretArn = "${searchDomain.masterUserSecretArn}": allowed is null when`,
      ),
    ]);
  });

  it("warns by expressions that refer to something when every prop is a literal, as Terraform demands", () => {
    const stack = newStack();

    new LoggingPipeline(stack, "logs", { searchDomain: { readerArns: ["arn:aws:iam::123456789012:role/reader"] } });

    const checks: Record<string, { assert: { condition: string }[] }> = JSON.parse(Testing.synth(stack)).check;
    const [, { assert }] = Object.entries(checks).find(([name]) => name.includes("ways_in"))!;
    expect(assert.map(({ condition }) => condition)).toEqual(
      Array(3).fill(expect.stringMatching(/^\$\{length\(aws_opensearch_domain\./)),
    );
  });

  it("reports all validation errors together, and names the construct", () => {
    const make = () =>
      new LoggingPipeline(newStack(), "logs", asProps({ batch_size: 0, nme: "x", vpc: { subnet_ids: "subnet-1" } }));

    expect(make).toThrow(LoggingPipelineError);
    expect(make).toThrow(
      /^stack\/logs cannot be synthesized:\n {2}- nme: there is no such input; did you mean name\? Inputs are name, logGroups/,
    );
    expect(errorsOf(make).slice(1)).toEqual([
      "batchSize = 0: allowed is a whole number from 1 to 10,000 (Lambda API Reference, CreateEventSourceMapping)",
      'vpc.subnetIds = "subnet-1": allowed is a list',
      "vpc.securityGroupIds is missing",
    ]);
  });
});

describe("LogArchive", () => {
  it("needs no props", () => {
    const stack = newStack();

    new LogArchive(stack, "archive");

    expect(Object.keys(JSON.parse(Testing.synth(stack)).resource)).toContain("aws_s3_bucket");
  });

  it.each([...rejectedByArchive, rejectedTogetherByArchive, rejectedWithoutOptions])(
    "rejects $messages",
    ({ given, messages }) => {
      const errors = errorsOf(() => new LogArchive(newStack(), "archive", asProps(given)));

      for (const message of messages) {
        expect(errors).toContainEqual(expect.stringContaining(camelCase(message)));
      }
    },
  );
});
