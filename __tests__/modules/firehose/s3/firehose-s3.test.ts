import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { FirehoseS3, LoggingPipelineError } from "../../../../modules";
import { camelCase } from "../../../../modules/inputs/schema";
import { REQUIRED_BY_FIREHOSE_S3, rejectedByFirehoseS3, withoutSource } from "../../../support/rejected-firehose";
import { asProps } from "../../../support/rejected-inputs";

const newStack = (): TerraformStack => new TerraformStack(Testing.app(), "stack");

function errorsOf(given: object): readonly string[] {
  try {
    new FirehoseS3(newStack(), "firehose", asProps(given) as ConstructorParameters<typeof FirehoseS3>[2]);
  } catch (error) {
    if (error instanceof LoggingPipelineError) return error.errors;
    throw error;
  }
  return [];
}

describe("FirehoseS3", () => {
  it.each(rejectedByFirehoseS3)("rejects $messages", ({ given, messages }) => {
    const errors = errorsOf({ ...REQUIRED_BY_FIREHOSE_S3, ...given });

    expect(errors).toHaveLength(messages.length);
    for (const message of messages) expect(errors).toContainEqual(expect.stringContaining(camelCase(message)));
  });

  it("rejects inputs that break a constraint between them", () => {
    const { given, messages } = withoutSource;

    expect(errorsOf({ ...REQUIRED_BY_FIREHOSE_S3, ...given })).toEqual(
      messages.map((message) => expect.stringContaining(camelCase(message))),
    );
  });

  it("reports everything that is missing and everything that is wrong together", () => {
    expect(errorsOf({ buffering_interval_seconds: 901, rotation: 60 })).toEqual([
      expect.stringMatching(/^rotation: there is no such input; inputs are bucket, streamName, accountId, /),
      "bucket is missing",
      "streamName is missing",
      expect.stringMatching(/^bufferingIntervalSeconds = 901: allowed is/),
    ]);
  });

  it("rejects a source without a region", () => {
    const sourceStreamArn = "arn:aws:kinesis::123456789012:stream/applications";
    expect(errorsOf({ ...REQUIRED_BY_FIREHOSE_S3, sourceStreamArn })).toEqual([
      expect.stringContaining(`sourceStreamArn = "${sourceStreamArn}": allowed is an ARN`),
    ]);
  });

  it.each(["", "raw/", "raw/!{timestamp:'year='yyyy/'month='MM}/!{firehose:random-string}/a=b_c.d"])(
    "takes the prefix %j",
    (prefix) => {
      expect(errorsOf({ ...REQUIRED_BY_FIREHOSE_S3, prefix })).toEqual([]);
    },
  );

  it.each([
    ["prefix", "!{timestamp:}"],
    ["prefix", "!{timestamp:yyyy'*'}/"],
    ["errorOutputPrefix", "!{firehose:error-output-type}/!{timestamp:yyyy'$'}/"],
    ["prefix", "!{firehose:error-output-type}/"],
    ["prefix", "!{partitionKeyFromLambda:customer}/"],
    ["prefix", "raw/${x}?/"],
    ["errorOutputPrefix", "failed/!{timestamp:yyyy}/"],
    ["errorOutputPrefix", "a b/!{firehose:error-output-type}/"],
  ])("rejects the %s %j, which Firehose or a policy would read otherwise", (input, prefix) => {
    expect(errorsOf({ ...REQUIRED_BY_FIREHOSE_S3, [input]: prefix })).toEqual([
      expect.stringContaining(`${input} = ${JSON.stringify(prefix)}: allowed is letters`),
    ]);
  });

  it("takes tokens, as a stream that is created with it", () => {
    const stack = newStack();
    const arn = new TerraformVariable(stack, "stream", { type: "string" });

    new FirehoseS3(stack, "firehose", { streamName: "logs", bucket: "logs", sourceStreamArn: arn.stringValue });

    expect(Testing.synth(stack)).toContain("var.stream");
  });
});
