import { above } from "../../aws/alarm-threshold";
import { hcl } from "../../terraform/expression";
import { createDeliveryAlarms, failedDeliveries, intakeAlarm, waitingRecords } from "../alarms";
import { isBackedUp, type SearchDeliveryContext } from "./context";
import { transformNamespace } from "./transform";

/** The alarms of search, of S3 beside it, and of the function. */
export function createSearchAlarms(context: SearchDeliveryContext): void {
  const { inputs } = context;
  const namespace = transformNamespace(context);
  createDeliveryAlarms(context, {
    search_data_freshness: waitingRecords(
      "DeliveryToAmazonOpenSearchService",
      "search",
      hcl`${inputs.transformBufferingIntervalSeconds} + ${inputs.bufferingIntervalSeconds}`,
    ),
    search_success: failedDeliveries("DeliveryToAmazonOpenSearchService", "index documents"),
    search_access: {
      description: "is denied access to the domain",
      metric: "DeliveryToAmazonOpenSearchService.AuthFailure",
      statistic: "Maximum",
      ...above(0, 1),
    },
    s3_data_freshness: {
      ...waitingRecords("DeliveryToS3", "S3", inputs.s3BufferingIntervalSeconds),
      wanted: isBackedUp(context),
    },
    s3_success: failedDeliveries("DeliveryToS3", "write objects to S3"),
    transform_success: failedDeliveries("ExecuteProcessing", "call the function that transforms records"),
    transform_failed_records: {
      description: "has records that the function cannot transform: they are in S3, and nobody can search them",
      namespace,
      dimensions: {},
      metric: "FailedRecords",
      statistic: "Sum",
      ...above(0, 1),
      wanted: hcl`(${namespace}) != ""`,
    },
    intake: intakeAlarm(context, inputs.bufferingIntervalSeconds),
  });
}
