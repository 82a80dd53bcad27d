import type { DoctorCheck } from "./check";

export const SOURCE_CHECKS = {
  streams: {
    asks: "ListStreams of Kinesis",
    needs: "kinesis:ListStreams",
    finds: "no stream has a name that begins with the pipeline's and `_`",
    cause: "the name, the region or the account is another one, or nothing is applied",
    mend: "terraform output stream_names",
  },
  "stream-active": {
    asks: "DescribeStreamSummary of Kinesis",
    needs: "kinesis:DescribeStreamSummary",
    finds: "a stream is not ACTIVE",
    cause: "it is being made, changed or deleted; UPDATING passes by itself",
    mend: "terraform apply",
  },
  "stream-throttled": {
    asks: "GetMetricStatistics of CloudWatch: WriteProvisionedThroughputExceeded of the last hour",
    needs: "cloudwatch:GetMetricStatistics",
    finds: "writes were throttled",
    cause: "more is written than the shards take; CloudWatch Logs tries again for a day, applications may lose events",
    mend: "npm run sizing",
  },
  "stream-silent": {
    asks: "GetMetricStatistics of CloudWatch: IncomingRecords of the last 24 hours",
    needs: "cloudwatch:GetMetricStatistics",
    finds: "nothing was written to a stream",
    cause: "its log groups have no subscription filter, nothing matches the filter's pattern, or nothing is logged",
    mend: "aws logs describe-subscription-filters",
  },
  "log-group": {
    asks:
      "DescribeLogGroups and DescribeSubscriptionFilters of CloudWatch Logs, where no filter is found DescribeAccountPolicies: for each " +
      "--log-group, for the log group of each stream of its own, and for those that LOG_GROUPS of a shared stream's function names",
    needs:
      "logs:DescribeLogGroups, logs:DescribeSubscriptionFilters, logs:DescribeAccountPolicies, logs:DescribeDestinations",
    finds: "a log group does not exist, or neither a filter of it nor the account's goes to a stream of the pipeline",
    cause: "it is not in log_groups, its name is another one, or somebody has removed the log group or the filter",
    mend: "terraform apply",
  },
} as const satisfies Readonly<Record<string, DoctorCheck>>;
