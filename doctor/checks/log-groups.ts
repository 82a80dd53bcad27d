import { shellQuote } from "../../tools/text/shell-quote";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorLane } from "../context";
import { environmentOf } from "../environment";
import { type Examined, looked, together } from "../examined";

/** Checks that the pipeline's log groups exist, and that a filter of each, or the account's, goes to a stream of the pipeline. */
export const examineLogGroups = (context: DoctorContext): Promise<Examined> =>
  together([
    ...context.logGroups.map((group) => looked(["log-group"], group, () => examineLogGroup(context, group))),
    ...context.lanes.map((lane) => looked(["log-group"], lane.name, () => examineGroupsOf(context, lane))),
  ]);

async function examineLogGroup({ name, sources }: DoctorContext, logGroup: string): Promise<DoctorFinding[]> {
  const group = await sources.find(logGroup);
  if (!group) {
    const command = `aws logs describe-log-groups --log-group-name-prefix ${shellQuote(logGroup)}`;
    return [{ check: "log-group", subject: logGroup, found: "it does not exist", command }];
  }
  if (group.subscriptions.length > 0) return [];
  const found = `none of its ${group.filters} subscription filters goes to a stream ${name}_…`;
  return [{ check: "log-group", subject: logGroup, found, command: "terraform apply" }];
}

async function examineGroupsOf(context: DoctorContext, lane: DoctorLane): Promise<DoctorFinding[]> {
  const { sources, logGroups } = context;
  const environment = environmentOf([lane]);
  if (environment === undefined) return [];
  const names =
    environment.ARCHIVE_LAYOUT === "stream"
      ? await namedOf(
          context,
          lane,
          environment.LOG_GROUPS.flatMap(({ names }) => names),
        )
      : [await sources.ofOwnStream(lane.name)];
  const findings = names.map((group): Promise<DoctorFinding[]> | DoctorFinding[] => {
    if (group !== undefined) return logGroups.includes(group) ? [] : examineLogGroup(context, group);
    const found = "no log group has the name that this stream was made for";
    return [{ check: "log-group", subject: lane.name, found, command: "terraform apply" }];
  });
  return (await Promise.all(findings)).flat();
}

/** What applications write has a stream's name in place of a log group's, and a destination takes log groups of other accounts. */
async function namedOf(
  { name, sources }: DoctorContext,
  lane: DoctorLane,
  names: readonly string[],
): Promise<string[]> {
  const ofLogs = names.filter((group) => !group.startsWith(`${name}_`));
  return ofLogs.length === 0 || (await sources.isDestination(lane.name)) ? [] : ofLogs;
}
