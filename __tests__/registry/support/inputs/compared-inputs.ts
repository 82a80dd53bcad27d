import type { StoredResource } from "../../../support/terraform";

/**
 * Inputs that between them give every variable of a module another value than its default, and turn every option on and
 * off; and resources in the state, so that the policies that quote them are known.
 */
export type ComparedInputs = readonly [
  name: string,
  variables: Readonly<Record<string, unknown>>,
  stored?: readonly StoredResource[],
][];

/** The provider plans a change of a stored resource without tags, whatever is stored. */
export const STORED_TAGS = { team: "platform" };

/** Of functions, and of the indices that they make: what pipeline and access logs both have. */
export const DELIVERY_OPTIONS = {
  function_memory_mib: 10_240,
  function_timeout_seconds: 900,
  function_runtime: "nodejs22.x",
  function_architecture: "x86_64",
  function_log_retention_in_days: 0,
  function_tracing_mode: "PassThrough",
  function_log_format: "JSON",
  function_application_log_level: "DEBUG",
  function_system_log_level: "WARN",
  index_prefix: "production-",
  index_period: "week",
  index_shards: 3,
  index_replicas: 2,
  index_refresh_interval_seconds: 30,
  index_sort: "time",
  index_retention_days: 90,
  bulk_requests: 16,
  request_timeout_seconds: 60,
  bulk_max_bytes: 10_485_760,
  compress_requests: true,
  metrics_namespace: "Production/Logs",
};

export const archiveKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/archive";

export const arnIn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
