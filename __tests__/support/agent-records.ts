/**
 * What agents put into a stream, as they put it: each was run once by hand, built from its source, with the configurations of
 * examples/agents, against a server on this machine that kept its requests.
 */

/**
 * Fluent Bit 5.1.1 (fluent/fluent-bit at d55459d4, of 2026-08-21), examples/agents/fluent-bit/fluent-bit.yaml, four lines in a file.
 * When the server rejected the first of the four records, Fluent Bit sent the same four again: these, in each of the two requests.
 */
export const FLUENT_BIT_RECORDS = [
  '{"log":"plain line","time":"2026-11-27T16:13:18.495Z"}\n',
  '{"@timestamp":"2026-11-27T10:00:00.000Z","log.level":"info","message":"json line","event.id":"0f8fad5b-d9cb-469f-a165-70867728950e","time":"2026-11-27T16:13:18.495Z"}\n',
  '{"log":"\\u00fcn\\u00ef \\u2014 \\ud83d\\ude00 \\"quoted\\"","time":"2026-11-27T16:13:18.495Z"}\n',
  '{"message":"second","event.id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","order":{"number":7},"time":"2026-11-27T16:13:18.495Z"}\n',
];

/**
 * The same Fluent Bit with a parser filter as parse-json.conf of AWS's image has it. The records before it were made by hand, by "Example
 * Amazon ECS task definition: Route logs to FireLens" in the Amazon ECS Developer Guide: FireLens itself did not run.
 */
export const FIRELENS_RECORDS = [
  '{"@timestamp":"2026-11-27T10:00:00.000Z","log.level":"info","message":"from a container","event.id":"16fd2706-8baf-433b-82eb-8c7fada847da","source":"stdout","container_id":"1f2e3d","container_name":"/ecs-shop-1-app","ecs_cluster":"main","ecs_task_arn":"arn:aws:ecs:eu-central-1:111111111111:task/main/0f1e","ecs_task_definition":"shop:1"}\n',
  '{"source":"stderr","log":"Traceback (most recent call last):","container_id":"1f2e3d","container_name":"/ecs-shop-1-app","ecs_cluster":"main","ecs_task_arn":"arn:aws:ecs:eu-central-1:111111111111:task/main/0f1e","ecs_task_definition":"shop:1"}\n',
];

/** Kinesis Agent 2.0.13 (awslabs/amazon-kinesis-agent at aa0d9089, of 2026-07-07), examples/agents/kinesis-agent/agent.json, two files. */
export const KINESIS_AGENT_RECORDS = [
  "plain line\n",
  '{"@timestamp":"2026-11-27T10:00:00.000Z","message":"json line","event.id":"0f8fad5b-d9cb-469f-a165-70867728950e"}\n',
  "ünï — 😀\n",
  "2026-11-27 10:00:00 ERROR failed\njava.lang.IllegalStateException: closed\n\tat example.Shop.main(Shop.java:13)\n",
  "2026-11-27 10:00:01 INFO next\n",
  "2026-11-27 10:00:02 INFO last\n",
];

/** A line of Log4j 2.24.3 with the layout of examples/agents/log4j2/log4j2.xml, by its console appender. */
export const LOG4J2_RECORD =
  '{"@timestamp":"2026-11-27T16:22:48.267Z","ecs.version":"1.2.0","log.level":"INFO","message":"order 199 paid","process.thread.name":"main","log.logger":"example.Shop","event.id":"050335cf-b110-43f2-9137-76aff7328831","service.name":"shop"}';
