import { DescribeLogGroupsCommand, DescribeSubscriptionFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { shellQuote } from "../../tools/text/shell-quote";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";

/** Checks that the log groups exist, and that a filter of each goes to a stream of the pipeline. */
export async function examineLogGroups(context: DoctorContext): Promise<DoctorFinding[]> {
  return (await Promise.all(context.logGroups.map((group) => examineLogGroup(context, group)))).flat();
}

async function examineLogGroup({ name, clients }: DoctorContext, logGroup: string): Promise<DoctorFinding[]> {
  const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroup }));
  if (!logGroups.some((group) => group.logGroupName === logGroup)) {
    const command = `aws logs describe-log-groups --log-group-name-prefix ${shellQuote(logGroup)}`;
    return [{ check: "log-group", subject: logGroup, found: "it does not exist", command }];
  }
  const { subscriptionFilters = [] } = await clients.logs.send(
    new DescribeSubscriptionFiltersCommand({ logGroupName: logGroup }),
  );
  if (subscriptionFilters.some(({ destinationArn = "" }) => destinationArn.includes(`:stream/${name}_`))) return [];
  const found = `none of its ${subscriptionFilters.length} subscription filters goes to a stream ${name}_…`;
  return [{ check: "log-group", subject: logGroup, found, command: "terraform apply" }];
}
