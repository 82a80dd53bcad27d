import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { TerraformOutput, TerraformResource, type TerraformStack, Tokenization } from "cdktf";
import { ConditionalStatement, PolicyDocument, type Statement } from "../../modules/aws/policy";
import { hcl } from "../../modules/terraform/expression";

/** Replaces each policy in the resources and outputs of a stack by an aws_iam_policy_document. */
export function writePoliciesAsDocuments(stack: TerraformStack): void {
  const documents = new Map<PolicyDocument, string>();
  for (const element of stack.node.findAll()) {
    if (TerraformResource.isTerraformResource(element)) {
      for (const [attribute, value] of attributesOf(element)) {
        const policy = typeof value === "string" ? Tokenization.reverseString(value).firstToken : undefined;
        if (policy instanceof PolicyDocument) {
          const document = createDocument(stack, nameOf(element, attribute), policy);
          documents.set(policy, document);
          element.addOverride(attribute, `\${data.${document}.json}`);
        }
      }
    } else if (element instanceof TerraformOutput && element.value instanceof PolicyDocument) {
      const document = documents.get(element.value) ?? createDocument(stack, element.friendlyUniqueId, element.value);
      element.addOverride("value", `\${data.${document}.json}`);
    }
  }
}

const attributesOf = (resource: TerraformResource): [name: string, value: unknown][] =>
  Object.entries(resource.toTerraform().resource[resource.terraformResourceType][resource.friendlyUniqueId]);

/** `aws_iam_role.forwarder` → `forwarder_assume_role`; `aws_kms_key.this` → `kms_key` */
function nameOf({ terraformResourceType, friendlyUniqueId }: TerraformResource, attribute: string): string {
  const name = friendlyUniqueId === "this" ? terraformResourceType.replace(/^aws_/, "") : friendlyUniqueId;
  return attribute === "assume_role_policy" ? `${name}_assume_role` : name;
}

/** @returns the address, without `data.` */
function createDocument(stack: TerraformStack, name: string, { statements, further }: PolicyDocument): string {
  const data = new DataAwsIamPolicyDocument(stack, `${name}_iam_policy_document`);
  const certain = statements.filter((each): each is Statement => !(each instanceof ConditionalStatement));
  const conditional = statements.filter((each) => each instanceof ConditionalStatement);
  if (certain.length > 0) data.addOverride("statement", certain.map(block));
  data.addOverride(
    "dynamic.statement",
    conditional.map(({ condition, statement }) => ({
      for_each: hcl`${condition} ? [true] : []`,
      content: block(statement),
    })),
  );
  if (further) {
    const [before, after] = ['{"Version":"2012-10-17","Statement":[', "]}"];
    data.addOverride("source_policy_documents", hcl`[for text in ${further} : join(text, ${[before, after]})]`);
  }
  return `aws_iam_policy_document.${name}`;
}

const block = ({ Sid, Effect, Principal, Action, Resource, Condition = {} }: Statement) => ({
  sid: Sid,
  // Allow is the default.
  ...(Effect === "Deny" && { effect: Effect }),
  actions: listOf(Action),
  ...(Resource !== undefined && { resources: listOf(Resource) }),
  ...(Principal !== undefined && { principals: principals(Principal) }),
  ...(Object.keys(Condition).length > 0 && { condition: conditions(Condition) }),
});

const principals = (principal: NonNullable<Statement["Principal"]>) =>
  Object.entries(principal === "*" ? { "*": "*" } : principal).map(([type, identifiers]) => ({
    type,
    identifiers: typeof identifiers === "string" ? [identifiers] : identifiers,
  }));

const conditions = (condition: NonNullable<Statement["Condition"]>) =>
  Object.entries(condition).flatMap(([test, values]) =>
    Object.entries(values).map(([variable, value]) => ({
      test,
      variable,
      values: typeof value === "string" ? [value] : value,
    })),
  );

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);
