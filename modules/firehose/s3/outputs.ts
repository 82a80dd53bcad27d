/** The outputs of Firehose to S3, with their descriptions. */
export const firehoseS3Outputs = {
  deliveryStreamName: "Name of the delivery stream.",
  deliveryStreamArn: "ARN of the delivery stream.",
  objectsUri: "URI of the objects, up to what changes with time, such as s3://bucket/raw/.",
  failedUri: "URI of what Firehose could not process, up to what changes with the error and time.",
  roleArn: "ARN of the role that Firehose assumes.",
  rolePolicy: "What that role needs, as a policy in JSON: for a role of your own (`role`).",
  producerPolicy:
    "What an application needs that puts records, as a policy in JSON: to the Kinesis stream or, without one, to the delivery stream.",
  logGroupName: "Name of the log group of Firehose's errors.",
} as const;
