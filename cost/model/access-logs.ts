import type { Deployment } from "../plan/deployment";
import { timeOf } from "./functions";
import { cpuSeconds } from "./traffic";
import { DAYS, GIB, MIB } from "./units";
import { type Usage, usagesOf } from "./usage";
import type { Workload } from "./workload";

/** An object that AWS delivers, inflated (Centralized Logging with OpenSearch, Cost: 4 MB compressed, 100 MB raw). */
const OBJECT_BYTES = 100 * MIB;
/** A message is sent, received and deleted. */
const REQUESTS_PER_OBJECT = 3;
/** Lambda asks an empty queue: 5 pollers, each about 3 times a minute (docs/terraform.md). */
const POLLS = 5 * 3 * 60 * 24 * DAYS;

/** Access logs in S3: the queue, the reads, and the function's time; the objects themselves are theirs who deliver them. */
export function accessLogUsage(deployment: Deployment, workload: Workload): Usage[] {
  const lambda = deployment.functions.find(({ kind }) => kind === "access-logs");
  if (lambda === undefined) return [];
  const usage = usagesOf("access logs");
  const bytes = workload.accessLogGbPerDay * DAYS * GIB;
  const objects = bytes / OBJECT_BYTES;
  const seconds = objects * workload.waitingSeconds + cpuSeconds(bytes / workload.lineBytes, lambda, workload);
  return [
    usage("requests to the queue", "sqs_request_million", (POLLS + objects * REQUESTS_PER_OBJECT) / 1e6),
    usage("GETs", "s3_get_thousand", objects / 1_000),
    ...timeOf("access logs", "function", lambda, objects, seconds),
  ];
}
