/** The outputs of Firehose to search, with their descriptions. */
export const firehoseSearchOutputs = {
  deliveryStreamName: "Name of the delivery stream.",
  deliveryStreamArn: "ARN of the delivery stream.",
  indexPattern:
    "Index pattern that matches every index of the documents, and no other of this name: for the command `search setup --firehose-indices`, which puts their template.",
  objectsUri: "URI of all records in S3, up to what changes with time. null with FailedDocumentsOnly.",
  failedUri: "URI of what could not be indexed or transformed, up to what changes with the error and time.",
  functionName: "Name of the function that transforms records.",
  functionArn: "ARN of the function that transforms records.",
  roleArn:
    "ARN of the role that Firehose assumes. With fine-grained access control, map it to a role of the domain that may write to the indices.",
  rolePolicy: "What that role needs, as a policy in JSON: for a role of your own (`role`).",
  producerPolicy:
    "What an application needs that puts records, as a policy in JSON: to the Kinesis stream or, without one, to the delivery stream.",
  logGroupName: "Name of the log group of Firehose's errors.",
} as const;
