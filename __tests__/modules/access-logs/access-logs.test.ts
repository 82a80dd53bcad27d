import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { AccessLogs, LoggingPipelineError } from "../../../modules";
import { camelCase } from "../../../modules/inputs/schema";
import {
  REQUIRED_BY_ACCESS_LOGS,
  rejectedByAccessLogs,
  rejectedTogetherByAccessLogs,
} from "../../support/rejected-access-logs";
import { asProps } from "../../support/rejected-inputs";

const newStack = (): TerraformStack => new TerraformStack(Testing.app(), "stack");
const required = asProps(REQUIRED_BY_ACCESS_LOGS) as ConstructorParameters<typeof AccessLogs>[2];

function errorsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof LoggingPipelineError) return error.errors;
    throw error;
  }
  return [];
}

describe("AccessLogs", () => {
  it.each(rejectedByAccessLogs)("rejects $messages", ({ given, messages }) => {
    const errors = errorsOf(
      () => new AccessLogs(newStack(), "logs", asProps({ ...REQUIRED_BY_ACCESS_LOGS, ...given })),
    );

    for (const message of messages) {
      expect(errors).toContainEqual(expect.stringContaining(camelCase(message)));
    }
  });

  it("rejects inputs that break a constraint between them", () => {
    const { given, messages } = rejectedTogetherByAccessLogs;
    const errors = errorsOf(() => new AccessLogs(newStack(), "logs", asProps(given)));

    expect(errors).toHaveLength(messages.length);
    for (const message of messages) {
      expect(errors).toContainEqual(expect.stringContaining(camelCase(message)));
    }
  });

  it("rejects the archive bucket that is given, whatever its name, and no other of that form", () => {
    const archive = "my-archive-of-logs";
    const sources = (bucket: string) => ({ alb: { bucket, notification: "none" } });
    const errorsFor = (props: object) => errorsOf(() => new AccessLogs(newStack(), "logs", { ...required, ...props }));

    expect(errorsFor({ sources: sources(archive), archiveBucket: archive })).toEqual([
      expect.stringMatching(/^sources = "alb": allowed is any bucket but the archive bucket/),
    ]);
    const others = "logging-pipeline-archive-210987654321-eu-central-1";
    expect(errorsFor({ sources: sources(others), archiveBucket: archive })).toEqual([]);
  });

  it("reports everything that is missing together", () => {
    const make = () => new AccessLogs(newStack(), "logs", asProps({ sources: { alb: { prefix: "a" } } }));

    expect(errorsOf(make)).toEqual([
      'sources["alb"].bucket is missing',
      'sources["alb"].notification is missing',
      "searchEndpoint is missing",
    ]);
  });

  it("can be created twice in one stack, and takes tokens", () => {
    const stack = newStack();
    const endpoint = new TerraformVariable(stack, "endpoint", { type: "string" });

    new AccessLogs(stack, "staging", { ...required, name: "staging", searchEndpoint: endpoint.stringValue });
    new AccessLogs(stack, "production", { ...required, name: "production" });

    const { resource } = JSON.parse(Testing.synth(stack));
    expect(Object.keys(resource.aws_sqs_queue)).toHaveLength(4);
    expect(JSON.stringify(resource.aws_lambda_function)).toContain("= var.endpoint,");
  });
});
