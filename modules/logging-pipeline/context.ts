import type { Construct } from "constructs";
import type { Account } from "../aws/account";
import type { Values } from "../inputs/values";
import type { pipelineInputs } from "./inputs";

/** What all parts of a pipeline share. */
export interface Context {
  readonly scope: Construct;
  readonly inputs: Values<typeof pipelineInputs>;
  readonly account: Account;
  readonly archiveBucket: string;
  readonly archiveBucketArn: string;
  /** ARN of the domain that the forwarder writes to; null when AWS does not run it. */
  readonly searchDomainArn: string;
}
