import { ACCOUNT_ID } from "../aws/account";

/** A log group whose events go to a stream: by a filter, by the account's policy, or by a destination. */
export interface Subscription {
  readonly accountId: string;
  readonly logGroup: string;
  readonly streamArn: string;
  /** Events that were put into the log group so far. */
  readonly events: number;
}

/** The policy by which the log groups of an account go to a stream, those that are yet to be created, too. */
export interface AccountSubscription {
  readonly accountId: string;
  /** Null when there is no such stream any more. */
  readonly streamArn: string | null;
  /** Names of log groups. */
  readonly excluded: readonly string[];
}

/** As local/emulator/patches/subscribed_log_groups.py lists them. */
export interface Subscriptions {
  readonly subscriptions: readonly Subscription[];
  readonly accountPolicies: readonly AccountSubscription[];
}

/** Lists what all accounts of the emulator deliver to streams. @throws Error when the emulator does not answer */
export async function listSubscriptions(emulatorUrl: string): Promise<Subscriptions> {
  const response = await fetch(`${emulatorUrl}/_subscriptions`);
  if (!response.ok) throw new Error(`${emulatorUrl}/_subscriptions answered ${response.status}`);
  return (await response.json()) as Subscriptions;
}

/** Whether it is of the account that the pipeline runs in. */
export const isOfOwnAccount = ({ accountId }: { readonly accountId: string }): boolean => accountId === ACCOUNT_ID;

/** Names of the log groups whose lines the pipeline delivers and that lines can be put into: those of its own account. */
export const subscribedLogGroups = (subscriptions: readonly Subscription[]): string[] => [
  ...new Set(subscriptions.filter(isOfOwnAccount).map(({ logGroup }) => logGroup)),
];
