import type { Values } from "../../inputs/values";
import { type Expression, hcl } from "../../terraform/expression";
import type { DeliveryContext } from "../context";
import type { firehoseSearchInputs } from "./inputs";

/** Shared by all parts of Firehose to search. */
export interface SearchDeliveryContext extends DeliveryContext {
  readonly inputs: Values<typeof firehoseSearchInputs>;
}

/** Whether S3 gets all records. */
export const isBackedUp = ({ inputs }: SearchDeliveryContext): Expression =>
  hcl`${inputs.s3BackupMode} == "AllDocuments"`;
