import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { LoggingPipeline } from "../../modules";

it("docs/forwarder.md lists the environment variables that Terraform sets, and no others", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  new LoggingPipeline(stack, "logs");
  const { resource } = JSON.parse(Testing.synth(stack));
  const functions = Object.entries<{ environment: { variables: string } }>(resource.aws_lambda_function);
  const [, forwarder] = functions.find(([id]) => id.includes("forwarder"))!;
  // An expression, because some are set only if their inputs are.
  const set = [...forwarder.environment.variables.matchAll(/"([A-Z_]+)" = /g)].map(([, name]) => name);

  const text = readFileSync(join(__dirname, "../../docs/forwarder.md"), "utf8");
  const sentence = /^Terraform sets (.+) from its variables/m.exec(text)?.[1];
  const listed = [...(sentence ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name);

  expect(listed.sort()).toEqual(set.sort());
});
