import { accountId } from "../../inputs/limits";
import { type InputRule, matching, size } from "../../inputs/rules";
import { field, list, map, object, required, string } from "../../inputs/schema";
import { distribution, filterPattern, logGroupName } from "./log-groups";
import { iamRoleArn } from "./roles";

/** Ways to subscribe log groups without naming each in `log_groups`. */

const stream = required(string(), "name of a stream in `streams`, into which the events go");

const excluded = (what: string) =>
  field(list(string(logGroupName)), [], `names of log groups that are not subscribed, each in full, beside ${what}`);

const subscription = { stream, filterPattern };

/** Short enough for AWS's quota of a destination's policy, and for IAM's of a role's trust policy, 2,048 characters. */
const MAX_ACCOUNTS = 30;

const prefix: InputRule = {
  ...matching(/^[.\-_/#A-Za-z0-9]{1,512}$/, ""),
  allowed:
    "what the names of log groups begin with: 1 to 512 letters, digits and . - _ / #. For all log groups of the account, take account_subscription " +
    "(CloudWatch Logs API Reference, DescribeLogGroups)",
};

/** Log groups that exist when Terraform plans, by what their names begin with. */
export const logGroupPrefixes = map(
  object({
    ...subscription,
    distribution,
    exclude: excluded("the pipeline's own and those of search domains"),
  }),
  [prefix],
);

/** All log groups of the account and region. */
export const accountSubscription = object({
  ...subscription,
  distribution: {
    ...distribution,
    default: "Random",
    description: `as in \`log_groups\`: ${distribution.description}`,
  },
  exclude: excluded("the pipeline's own and those that `log_groups` and `log_group_prefixes` subscribe"),
});

const oneKindOfSource: InputRule = {
  about: ["accountIds", "organizationId"],
  allowed: "either organization_id or account_ids: whose log groups may be subscribed",
  accepts: (value) => (Object(value).accountIds === null) !== (Object(value).organizationId === null),
  condition: (value) => `(${value}.account_ids == null) != (${value}.organization_id == null)`,
};

/** What other accounts subscribe their log groups to. */
export const logDestination = object(
  {
    stream,
    organizationId: field(
      string(
        matching(
          /^o-[a-z0-9]{10,32}$/,
          "the ID of an organization such as o-a1b2c3d4e5",
          "AWS Organizations API Reference, Organization",
        ),
      ),
      null,
      "organization whose accounts may subscribe log groups; each filter then needs a role of its account, **those that are there already before this is set**. null: `account_ids`",
    ),
    accountIds: field(
      list(string(accountId), {
        ...size(1, MAX_ACCOUNTS, "accounts"),
        allowed: `1 to ${MAX_ACCOUNTS} accounts; for more, organization_id (IAM User Guide, IAM and AWS STS quotas: Role trust policy length)`,
      }),
      null,
      "accounts that may subscribe log groups. null: `organization_id`",
    ),
    roleArn: field(
      string(iamRoleArn),
      null,
      "existing role by which CloudWatch Logs writes to the stream. It needs the outputs `logs_to_kinesis_role_policy` and `log_destination_role_trust_policy`. null: the pipeline creates one",
    ),
  },
  oneKindOfSource,
);

export const selectionInputs = {
  logGroupPrefixes: field(
    logGroupPrefixes,
    {},
    "Existing log groups to deliver, by what their names begin with. Each plan finds them again: one that is made later is subscribed by the next apply. `log_groups` wins over a prefix, and a longer prefix over a shorter one.",
  ),
  accountSubscription: field(
    accountSubscription,
    null,
    "Subscription of **all** log groups of the account in this region, also of those that are made later: 1 resource. AWS has one subscription policy for an account and region, and none for log groups of the classes Infrequent Access and Delivery. null: none.",
  ),
  logDestination: field(
    logDestination,
    null,
    "Destination that log groups of other accounts, in this region, are subscribed to: 4 resources. null: none.",
  ),
};
