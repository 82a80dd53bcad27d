import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import type { Precondition } from "cdktf";
import { policy, statementIf } from "../aws/policy";
import { hcl } from "../terraform/expression";
import type { AccessLogsContext } from "./context";
import type { Sources } from "./sources";

/** The longest (Amazon SQS API Reference, SetQueueAttributes). A message keeps the time at which it was sent to the first queue. */
const DEAD_LETTER_RETENTION_SECONDS = 14 * 86_400;

/** Lambda's advice, in time-outs of the function (Lambda Developer Guide, Using Lambda with Amazon SQS). */
const VISIBILITY_TIMEOUTS = 6;

/** The queue of new objects, and where its messages go that failed too often. */
export interface Queues {
  readonly queue: SqsQueue;
  readonly deadLetterQueue: SqsQueue;
  /** Before it is there, S3 refuses to send to the queue. */
  readonly policy: SqsQueuePolicy;
}

/** @param precondition on the queue because every other resource depends on it */
export function createQueues(context: AccessLogsContext, sources: Sources, precondition: Precondition[]): Queues {
  const { scope, inputs, prefix } = context;
  const encryption = {
    // The provider refuses both at once.
    sqsManagedSseEnabled: hcl`${inputs.queueKmsKeyArn} == null ? true : null`,
    kmsMasterKeyId: inputs.queueKmsKeyArn.string,
    tags: inputs.tags.map,
  };
  const deadLetterQueue = new SqsQueue(scope, "dead_letter_queue", {
    name: `${prefix}-dead-letter`,
    messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
    ...encryption,
  });
  const redrive = { deadLetterTargetArn: hcl`${deadLetterQueue.arn}`, maxReceiveCount: inputs.maxReceiveCount };
  const queue = new SqsQueue(scope, "queue", {
    name: prefix,
    visibilityTimeoutSeconds: hcl`${VISIBILITY_TIMEOUTS} * ${inputs.functionTimeoutSeconds}`.number,
    messageRetentionSeconds: hcl`${inputs.messageRetentionDays} * 86400`.number,
    redrivePolicy: hcl`jsonencode(${redrive})`.string,
    ...encryption,
    lifecycle: { precondition },
  });
  new SqsQueueRedriveAllowPolicy(scope, "dead_letter_queue_redrive_allow_policy", {
    queueUrl: deadLetterQueue.url,
    redriveAllowPolicy: hcl`jsonencode(${{ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }})`.string,
  });
  const queuePolicy = new SqsQueuePolicy(scope, "queue_policy", {
    queueUrl: queue.url,
    policy: sendersPolicy(context, sources),
  });
  return { queue, deadLetterQueue, policy: queuePolicy };
}

/** S3 for the buckets and their owners, EventBridge for the rules, SNS for the topics; of these, nobody else (confused deputy). */
function sendersPolicy({ inputs, account, prefix }: AccessLogsContext, sources: Sources): string {
  const queueArn = account.arn("sqs", prefix);
  const byS3 = hcl`bucket.notification != "eventbridge"`;
  const byRule = hcl`bucket.notification == "eventbridge"`;
  const allow = (Sid: string, service: string, Condition: Record<string, Record<string, unknown>>) =>
    ({
      Sid,
      Effect: "Allow",
      Principal: { Service: `${service}.amazonaws.com` },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition,
    }) as const;
  return policy(
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: queueArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    statementIf(
      hcl`length(${sources.bucketArns(byS3)}) > 0`,
      allow("BucketsAnnounceObjects", "s3", {
        ArnLike: { "aws:SourceArn": sources.bucketArns(byS3).list },
        StringEquals: { "aws:SourceAccount": sources.accounts(byS3).list },
      }),
    ),
    statementIf(
      hcl`length(${sources.bucketArns(byRule)}) > 0`,
      allow("RulesAnnounceObjects", "events", {
        ArnLike: { "aws:SourceArn": account.arn("events", `rule/${prefix}-*`) },
      }),
    ),
    statementIf(
      hcl`length(${inputs.topicArns}) > 0`,
      allow("TopicsAnnounceObjects", "sns", { ArnLike: { "aws:SourceArn": inputs.topicArns.list } }),
    ),
  );
}
