import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { TerraformLocal, TerraformOutput, type TerraformResource, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { PlainAddressStack } from "../../../modules";

describe("PlainAddressStack", () => {
  const stack = new PlainAddressStack(Testing.app(), "stack");
  const pipeline = new Construct(stack, "Default");

  it.each<[string, TerraformResource, string]>([
    [
      "calls this what only repeats its type",
      new KinesisStream(pipeline, "stream", { name: "x" }),
      "aws_kinesis_stream.this",
    ],
    [
      "cuts a type that follows a name",
      new IamRole(pipeline, "reader_role", { assumeRolePolicy: "" }),
      "aws_iam_role.reader",
    ],
    [
      "cuts a type of several words",
      new IamRolePolicy(pipeline, "reader_role_policy", { role: "x", policy: "" }),
      "aws_iam_role_policy.reader",
    ],
    [
      "keeps a name that only ends in the same letters",
      new IamRole(pipeline, "parole", { assumeRolePolicy: "" }),
      "aws_iam_role.parole",
    ],
    [
      "keeps the names of the constructs around it",
      new IamRole(new Construct(stack, "other"), "role", { assumeRolePolicy: "" }),
      "aws_iam_role.other",
    ],
  ])("%s", (_, resource, address) => {
    expect(`${resource.terraformResourceType}.${resource.friendlyUniqueId}`).toBe(address);
  });

  it("leaves the names of variables and locals alone", () => {
    expect(new TerraformVariable(stack, "stream", {}).friendlyUniqueId).toBe("stream");
    expect(new TerraformLocal(pipeline, "lanes", 1).friendlyUniqueId).toBe("lanes");
  });

  it("keeps no record of its outputs, in which cdktf's CLI would miss those that are null", () => {
    new TerraformOutput(pipeline, "maybe", { value: "${null}" });
    expect(stack.toTerraform()).toMatchObject({ output: { maybe: {} }, "//": { metadata: { stackName: "stack" } } });
    expect(stack.toTerraform()["//"]).not.toHaveProperty("outputs");
  });
});
