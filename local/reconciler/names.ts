import { ACCOUNT_ID } from "../aws/account";
import type { Subscription } from "../emulator/subscriptions";

/** So many names are still read; of more, so many come first. */
const FEW = 5;
const FIRST = 3;

/** Names in one line; of many the first ones, and how many others there are. */
export function listed(names: readonly string[]): string {
  if (names.length <= FEW) return names.join(", ");
  return `${names.slice(0, FIRST).join(", ")} and ${names.length - FIRST} more`;
}

/** Lines about several names that say the same; one line about many names. */
export function linesAbout(names: readonly string[], text: string): string[] {
  return names.length <= FEW ? names.map((name) => `${name}: ${text}`) : [`${listed(names)}: ${text}`];
}

/** The log group as lines name it: with its account, if that is another one. */
export function nameWithAccount({ accountId, logGroup }: Subscription): string {
  return accountId === ACCOUNT_ID ? logGroup : `${logGroup} of account ${accountId}`;
}
