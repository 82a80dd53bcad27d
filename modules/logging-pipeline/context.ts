import type { Construct } from "constructs";
import type { Account } from "../aws/account";
import type { Values } from "../inputs/values";
import type { pipelineInputs } from "./inputs";

/** Shared by all parts of a pipeline. */
export interface Context {
  readonly scope: Construct;
  readonly inputs: Values<typeof pipelineInputs>;
  readonly account: Account;
  readonly archiveBucket: string;
  readonly archiveBucketArn: string;
  /** The account that owns the bucket. */
  readonly archiveOwner: string;
  /** ARN of the domain that the forwarder writes to; null when the search endpoint is not a domain of AWS. */
  readonly searchDomainArn: string;
}
