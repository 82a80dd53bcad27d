import type { StoredResource } from "../../../support/terraform";
import { archiveKeyArn, arnIn, type ComparedInputs, DELIVERY_OPTIONS, STORED_TAGS as tags } from "./compared-inputs";

const search_endpoint = "https://search.example.com";
const url = "https://sqs.eu-central-1.amazonaws.com/123456789012/queue";
const storedQueues: readonly StoredResource[] = ["this", "dead_letter"].map((name) => ({
  type: "aws_sqs_queue",
  name,
  attributes: { id: url, url, arn: "arn:aws:sqs:eu-central-1:123456789012:queue", max_message_size: 262_144 },
}));
export const comparedAccessLogs: ComparedInputs = [
  [
    "an endpoint with credentials of its own",
    {
      tags,
      search_endpoint,
      search_credentials: { secret_arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf" },
      sources: { alb: { bucket: "lb-logs", notification: "none" } },
    },
    storedQueues,
  ],
  [
    "buckets of each kind",
    {
      tags,
      search_endpoint,
      sources: {
        alb: { bucket: "lb-logs", notification: "queue", prefix: "alb/" },
        nested: { bucket: "lb-logs", notification: "queue", prefix: "alb/shop=1/" },
        all: { bucket: "flow-logs", notification: "eventbridge", format: "vpc_flow", parser_fields: "version srcaddr" },
        edge: { bucket: "edge-logs", notification: "eventbridge", prefix: "cf/", kms_key_arn: archiveKeyArn },
        trail: { bucket: "org-trail", notification: "none", bucket_account_id: "210987654321", index: "audit" },
      },
    },
    storedQueues,
  ],
  [
    "every option of access logs",
    {
      tags,
      search_endpoint,
      search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/production",
      search_region: "eu-central-1",
      name: "production",
      sources: { all: { bucket: "logs", notification: "none" } },
      topic_arns: ["arn:aws:sns:eu-central-1:123456789012:new-logs"],
      batch_size: 1,
      maximum_batching_window_in_seconds: 300,
      maximum_concurrency: 1_000,
      reserved_concurrent_executions: 1_000,
      max_receive_count: 5,
      message_retention_days: 13,
      ...DELIVERY_OPTIONS,
      index_history: { "2026-12-01T00:00:00Z": { prefix: "old-", period: "month" } },
      index_template: "none",
      keep_message: false,
      event_original: true,
      fields: { "user.plan": { from: "url.query", pattern: "(?:^|&)plan=(?P<plan>[a-z]+)" } },
      rules: [{ action: "sample", pattern: '^"GET /health/\\d+', rate: 0.01 }],
      archive_bucket: "archive-of-logs",
      archive_bucket_account_id: "210987654321",
      archive_prefix: "logs/production/",
      archive_kms_key_arn: archiveKeyArn,
      kms_key_arn: archiveKeyArn,
      queue_kms_key_arn: archiveKeyArn,
      alarms: {
        ...{ actions: [arnIn("sns", "alarms")], ok_actions: [] },
        ...{ queue_age_minutes: 60, failing_minutes: 5, quarantined_events: 3 },
      },
      role_path: "/logging/",
      permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
      enforce_lambda_source_account: true,
      vpc: { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] },
    },
  ],
];
