import type { DoctorCheck } from "./check";

export const FUNCTION_CHECKS = {
  function: {
    asks: "GetFunctionConfiguration of Lambda",
    needs: "lambda:GetFunctionConfiguration",
    finds: "a stream has no function, or its function is not Active, or its last update has failed",
    cause: "the apply has not finished, or Lambda cannot use the function's role, KMS key or VPC",
    mend: "terraform apply",
  },
  runtime: {
    asks: "GetFunctionConfiguration of Lambda",
    needs: "lambda:GetFunctionConfiguration",
    finds: "AWS stops supporting a function's runtime within 90 days, or has",
    cause: "each version of Node.js ends",
    mend: "function_runtime",
  },
  mapping: {
    asks: "ListEventSourceMappings of Lambda",
    needs: "kinesis:DescribeStreamSummary, lambda:ListEventSourceMappings",
    finds: "a function has no event source mapping, so nobody reads its stream",
    cause: "the apply has not finished, or somebody has deleted it",
    mend: "terraform apply",
  },
  "mapping-enabled": {
    asks: "ListEventSourceMappings of Lambda",
    needs: "kinesis:DescribeStreamSummary, lambda:ListEventSourceMappings",
    finds: "an event source mapping is Disabled",
    cause: "somebody has paused the lane; records wait in the stream until they expire",
    mend: "aws lambda update-event-source-mapping --enabled",
  },
  "mapping-result": {
    asks: "ListEventSourceMappings of Lambda",
    needs: "kinesis:DescribeStreamSummary, lambda:ListEventSourceMappings",
    finds: "the last result of an event source mapping is a problem",
    cause: "Lambda may not read the stream or use its KMS key, or the function fails",
    mend: "aws logs tail",
  },
  undrained: {
    asks:
      "GetMetricStatistics of CloudWatch: IncomingRecords since the event source mapping was paused; IteratorAge of a stream of its own " +
      "whose log group delivers elsewhere",
    needs:
      "cloudwatch:GetMetricStatistics, kinesis:DescribeStreamSummary, lambda:ListEventSourceMappings, logs:DescribeLogGroups, logs:DescribeSubscriptionFilters",
    finds:
      "a stream has records that nobody has read: its mapping is paused or missing, or no log group delivers to it any more and it is not read to its end",
    cause: "it must be read to its end before it is removed: what is in it then is lost for search and archive",
    mend: "aws lambda update-event-source-mapping --enabled",
  },
  "iterator-age": {
    asks: "GetMetricStatistics of CloudWatch: IteratorAge of the last 15 minutes",
    needs: "cloudwatch:GetMetricStatistics",
    finds: "a function reads records that are older than 15 minutes",
    cause:
      "the function retries, or is slower than its stream; at the end of the stream's retention records go to the archive bucket only",
    mend: "aws logs tail",
  },
  "function-errors": {
    asks: "GetMetricStatistics of CloudWatch: Errors of the last hour; FilterLogEvents of CloudWatch Logs",
    needs: "cloudwatch:GetMetricStatistics, logs:FilterLogEvents",
    finds: "invocations failed, with the last error",
    cause: "the error says why (docs/troubleshooting.md)",
    mend: "aws logs tail",
  },
} as const satisfies Readonly<Record<string, DoctorCheck>>;
