import type { Constraint } from "../../inputs/constraints";
import { arn } from "../../inputs/limits";
import { matching, size } from "../../inputs/rules";
import { bool, field, string } from "../../inputs/schema";
import { hcl } from "../../terraform/expression";

const createRole = "IAM API Reference, CreateRole";

export const iamRoleArn = arn("iam", "role/.+", "arn:aws:iam::123456789012:role/forwarder");

/** The roles that AWS's services assume, or a path for those that are created. */
export const roleInputs = {
  createForwarderRole: field(
    bool(),
    true,
    "Whether the pipeline creates the role of the forwarder functions. false: they have `forwarder_role_arn`.",
  ),
  forwarderRoleArn: field(
    string(iamRoleArn),
    null,
    "Existing role of this account for the forwarder functions, with `create_forwarder_role = false`; may be known only after the apply. It needs the outputs `forwarder_role_policy` and `forwarder_role_trust_policy` **before** the apply.",
  ),
  createLogsToKinesisRole: field(
    bool(),
    true,
    "Whether the pipeline creates the role by which CloudWatch Logs writes to the streams. false: it assumes `logs_to_kinesis_role_arn`.",
  ),
  logsToKinesisRoleArn: field(
    string(iamRoleArn),
    null,
    "Existing role of this account for CloudWatch Logs, with `create_logs_to_kinesis_role = false`; may be known only after the apply. It needs the outputs `logs_to_kinesis_role_policy` and `logs_to_kinesis_role_trust_policy` **before** the apply.",
  ),
};

/** Where the roles are that are created. */
export const rolePath = field(
  string(
    matching(/^\/([!-~]+\/)?$/, "a path that begins and ends with /, such as /logging/, or / alone", createRole),
    size(1, 512, "characters", createRole),
  ),
  "/",
  "Path of the roles that are created. **A change replaces them**, and nothing is delivered meanwhile; it waits.",
);

type Inputs = typeof roleInputs;

const ROLES = [
  ["forwarder_role_arn", "forwarderRoleArn", "createForwarderRole"],
  ["logs_to_kinesis_role_arn", "logsToKinesisRoleArn", "createLogsToKinesisRole"],
] as const;

/** The rules between them. */
export const roleConstraints: readonly Constraint<Inputs>[] = ROLES.map(([path, name, create]) => ({
  path,
  allowed: `null with ${path.replace("_arn", "").replace(/^/, "create_")}, and the ARN of a role without it`,
  decidedBy: [name, create],
  violations: ({ [name]: given, [create]: isCreated }) => (isCreated === (given !== null) ? [given] : []),
  violationsAtPlan: ({ [name]: given, [create]: isCreated }) =>
    hcl`[for arn in [${given}] : arn if ${isCreated} == (arn != null)]`,
}));
