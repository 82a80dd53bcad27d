import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { FirehoseSearch, LoggingPipelineError } from "../../../../modules";
import { camelCase } from "../../../../modules/inputs/schema";
import {
  REQUIRED_BY_FIREHOSE_SEARCH,
  rejectedByFirehoseSearch,
  rejectedTogetherByFirehoseSearch,
} from "../../../support/rejected-firehose";
import { asProps } from "../../../support/rejected-inputs";

const newStack = (): TerraformStack => new TerraformStack(Testing.app(), "stack");

function errorsOf(given: object): readonly string[] {
  try {
    new FirehoseSearch(newStack(), "firehose", asProps(given) as ConstructorParameters<typeof FirehoseSearch>[2]);
  } catch (error) {
    if (error instanceof LoggingPipelineError) return error.errors;
    throw error;
  }
  return [];
}

describe("FirehoseSearch", () => {
  it.each(rejectedByFirehoseSearch)("rejects $messages", ({ given, messages }) => {
    const errors = errorsOf({ ...REQUIRED_BY_FIREHOSE_SEARCH, ...given });

    for (const message of messages) expect(errors).toContainEqual(expect.stringContaining(camelCase(message)));
  });

  it("rejects inputs that break a constraint between them", () => {
    const { given, messages } = rejectedTogetherByFirehoseSearch;

    expect(errorsOf(given)).toEqual(messages.map((message) => expect.stringContaining(camelCase(message))));
  });

  it("can be created twice in one stack, and takes tokens", () => {
    const stack = newStack();
    const domain = new TerraformVariable(stack, "domain", { type: "string" });

    for (const name of ["shop", "payments"]) {
      new FirehoseSearch(stack, name, { name, searchDomainArn: domain.stringValue });
    }

    const { resource } = JSON.parse(Testing.synth(stack));
    const streams = Object.values<{ name: string; opensearch_configuration: { domain_arn: string } }>(
      resource.aws_kinesis_firehose_delivery_stream,
    );
    expect(new Set(streams.map(({ name }) => name)).size).toBe(2);
    for (const each of streams) expect(each.opensearch_configuration.domain_arn).toBe("${var.domain}");
  });
});
