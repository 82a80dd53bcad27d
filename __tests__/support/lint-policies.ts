import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { install, installed, tools } from "../../registry/checks/tools";

/** What parliament says of a statement. */
export interface PolicyFinding {
  /** Such as `RESOURCE_STAR`. */
  readonly issue: string;
  /** Policies that have it, as they are called. */
  readonly policies: readonly string[];
  readonly detail: string;
}

/**
 * Returns parliament's findings of all severities. It is installed the first time.
 *
 * @param policies names by the policies' texts
 */
export async function lintPolicies(policies: ReadonlyMap<string, readonly string[]>): Promise<PolicyFinding[]> {
  await install(tools.parliament);
  const [program, ...args] = installed(tools.parliament)!;
  const directory = await mkdtemp(join(tmpdir(), "policies-"));
  try {
    const texts = [...policies.keys()];
    for (const [index, text] of texts.entries()) await writeFile(join(directory, `${index}.json`), text);
    const command = [...args, "--directory", directory, "--include_policy_extension", "json", "--json"];
    // It exits with 1 if it finds something.
    const { stdout, stderr } = await promisify(execFile)(program, command, { maxBuffer: 2 ** 26 }).catch(
      (error) => error,
    );
    if (/Traceback/.test(stderr)) throw new Error(stderr);
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((line: string) => {
        const { issue, detail, location } = JSON.parse(line);
        const text = texts[Number(/(\d+)\.json$/.exec(location.filepath)![1])]!;
        return {
          issue,
          detail: typeof detail === "string" ? detail : JSON.stringify(detail),
          policies: policies.get(text)!,
        };
      });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Texts of policies in the attributes and outputs of a plan, each with the places that have it. */
export function addPolicies(
  to: Map<string, string[]>,
  where: string,
  attributes: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== "string" || !value.startsWith("{") || !value.includes('"Statement"')) continue;
    to.set(value, [...(to.get(value) ?? []), `${where}.${name}`]);
  }
}

/** A finding that stays, and why. */
export interface LintExemption {
  readonly issue: string;
  /** Of every policy that has it. */
  readonly where: RegExp;
  readonly detail: RegExp;
  readonly reason: string;
}

export const isExempt = ({ issue, detail, policies }: PolicyFinding, exemption: LintExemption): boolean =>
  issue === exemption.issue &&
  exemption.detail.test(detail) &&
  policies.every((policy) => exemption.where.test(policy));

export const EXEMPT: readonly LintExemption[] = [
  {
    issue: "RESOURCE_STAR",
    where: /aws_kms_key\.this/,
    detail: /"kms:/,
    reason: "In a key's policy, * is this key (KMS Developer Guide, Key policies).",
  },
  {
    issue: "RESOURCE_STAR",
    where: /aws_iam_role_policy|role_policy$/,
    detail: /^\["ec2:(\w|[",:])+\]$/,
    reason: "Lambda and Firehose make network interfaces, whose ARNs nobody knows before, in a VPC.",
  },
  {
    issue: "UNKNOWN_CONDITION_FOR_ACTION",
    where: /aws_kms_key\.this/,
    detail: /kms:EncryptionContext:aws:logs:arn for action kms:Describe/,
    reason: "The statement is that of CloudWatch Logs User Guide, Encrypt log data in CloudWatch Logs using AWS KMS.",
  },
  {
    issue: "MISMATCHED_TYPE",
    where: /aws_kms_key\.this|aws_iam_role_policy|_role_policy$/,
    detail: /^Type mismatch: ArnLike requires a value of type Arn but given String$/,
    reason: "Encryption contexts and lambda:SourceFunctionArn hold ARNs, whatever their type is.",
  },
  {
    issue: "MISMATCHED_TYPE",
    where: /aws_opensearch_domain\.this/,
    detail: /aws:SourceIp requires a value of type Ip/,
    reason: "parliament knows no list of addresses, and none of IPv6.",
  },
  {
    issue: "RESOURCE_MISMATCH",
    where: /aws_cloudwatch_log_destination_policy\.this/,
    detail: /logs:PutSubscriptionFilter/,
    reason:
      "In a destination's policy, the resource is the destination (CloudWatch Logs User Guide, Create a destination).",
  },
  {
    issue: "UNKNOWN_ACTION",
    where: /aws_cloudwatch_log_resource_policy\.domain/,
    detail: /logs:PutLogEventsBatch/,
    reason: "OpenSearch Service Developer Guide, Monitoring OpenSearch logs, has it.",
  },
];
