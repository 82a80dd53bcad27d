import type { Construct } from "constructs";
import type { Account } from "../aws/account";
import type { Values } from "../inputs/values";
import type { archiveQueriesInputs } from "./inputs";

/** Shared by all parts of the queries. */
export interface ArchiveQueriesContext {
  readonly scope: Construct;
  readonly inputs: Values<typeof archiveQueriesInputs>;
  readonly account: Account;
  /** Name of the archive bucket. */
  readonly archiveBucket: string;
  /** The account that owns it. */
  readonly archiveOwner: string;
}
