import type { Construct } from "constructs";
import type { Account } from "../aws/account";
import type { Values } from "../inputs/values";
import type { accessLogsInputs } from "./inputs";

/** Shared by all parts of access logs. */
export interface AccessLogsContext {
  readonly scope: Construct;
  readonly inputs: Values<typeof accessLogsInputs>;
  readonly account: Account;
  /** `<name>-access-logs`: of the function and the queue, and the beginning of the other names. */
  readonly prefix: string;
  readonly archiveBucket: string;
  /** The account that owns the bucket. */
  readonly archiveOwner: string;
}
