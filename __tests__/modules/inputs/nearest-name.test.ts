import { App, TerraformStack } from "cdktf";
import { LoggingPipeline, type LoggingPipelineProps, pipelineInputs } from "../../../modules";
import { nearestName } from "../../../modules/inputs/nearest-name";

const attributes = Object.keys(pipelineInputs.logGroups.schema.element!.fields!);

describe("the nearest name", () => {
  it.each([
    ["shard", "shards"],
    ["retentionDays", "retentionInDays"],
    ["retention_in_day", "retentionInDays"],
    ["retention", "retentionInDays"],
    ["filter", "filterPattern"],
    ["Parser", "parser"],
    ["parserField", "parserFields"],
    ["field", "fields"],
    ["crate", "create"],
  ])("to %s is %s", (written, meant) => {
    expect(nearestName(written, attributes)).toBe(meant);
  });

  it.each(["", "x", "id", "kmsKeyArn"])("is none for %j, which resembles no name", (written) => {
    expect(nearestName(written, attributes)).toBeUndefined();
  });

  it("is itself for each name, however it is spelt", () => {
    const snake = attributes.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

    expect(attributes.map((name) => nearestName(name, attributes))).toEqual(attributes);
    expect(snake.map((name) => nearestName(name, attributes))).toEqual(attributes);
  });

  it("stands in the error about an attribute that there is not, wherever it is", () => {
    const props = { logGroups: { "/app": { shard: 2, rules: [{ action: "keep", value: ["a"] }] } }, vpcs: {} };
    const stack = new TerraformStack(new App({ stackTraces: false }), "stack");

    expect(() => new LoggingPipeline(stack, "logs", props as unknown as LoggingPipelineProps)).toThrow(
      expect.objectContaining({
        errors: [
          expect.stringMatching(/^vpcs: there is no such input; did you mean vpc\? Inputs are name, /),
          expect.stringMatching(
            /^logGroups\["\/app"\]\.shard: there is no such input; did you mean shards\? Inputs are /,
          ),
          expect.stringMatching(/^logGroups\["\/app"\]\.rules\[0\] = /),
          expect.stringMatching(
            /^logGroups\["\/app"\]\.rules\[0\]\.value: there is no such input; did you mean values\? /,
          ),
        ],
      }),
    );
  });
});
