import { counted } from "../../tools/text/numbers";
import { awsClients } from "../aws/clients";
import { listSubscriptions } from "../emulator/subscriptions";
import { appliedState } from "../reconciler/applied-state";
import { functionName, sourceName } from "../reconciler/delivered-groups";
import { listed, nameWithAccount } from "../reconciler/names";

/** So many names are shown; of more log groups, their number. */
const FEW = 3;

/** A row for each stream that log groups are delivered to: its name, these log groups, and the function. */
export async function streamRows(emulatorUrl: string): Promise<readonly (readonly [string, string, string])[]> {
  const { lambda } = awsClients(emulatorUrl);
  try {
    const [mappings, { subscriptions, accountPolicies }] = await Promise.all([
      appliedState(emulatorUrl, lambda).mappings(),
      listSubscriptions(emulatorUrl),
    ]);
    return mappings
      .filter(({ EventSourceArn = "" }) => EventSourceArn.includes(":kinesis:"))
      .map(({ EventSourceArn, FunctionArn, State }) => {
        const arn = EventSourceArn!;
        const names = subscriptions.filter(({ streamArn }) => streamArn === arn).map(nameWithAccount);
        const isWholeAccount = accountPolicies.some(({ streamArn }) => streamArn === arn);
        const groups = names.length > 0 && names.length <= FEW ? listed(names) : counted(names.length, "log group");
        return [
          `stream ${sourceName(arn)}`,
          isWholeAccount ? `${groups}, and every new one` : groups,
          State === "Disabled" ? "its event source mapping is disabled" : `function ${functionName(FunctionArn!)}`,
        ] as const;
      });
  } catch (error) {
    return [["Streams", "cannot be listed", (error as Error).message]];
  } finally {
    lambda.destroy();
  }
}
