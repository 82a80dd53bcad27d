import { UsageError } from "../tools/usage/usage-error";
import { type SizedDomain, sizeDomain } from "./domain";
import { moduleInputs } from "./inputs";
import { quotasOf, type SizedQuota } from "./quotas";
import { type SizedStorage, storageOf } from "./storage";
import { MAX_SHARDS, type SizedStream, sizeStream } from "./stream";
import type { SizingWorkload } from "./workload";

export interface Sizing {
  readonly workload: SizingWorkload;
  readonly storage: SizedStorage;
  readonly domain: SizedDomain;
  readonly stream: SizedStream;
  readonly quotas: readonly SizedQuota[];
  /** Inputs of the module, by their names in Terraform. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Sizes a pipeline.
 *
 * @throws UsageError if one stream or one domain does not carry the workload
 */
export function sizePipeline(workload: SizingWorkload): Sizing {
  const stream = sizeStream(workload);
  const domain = sizeDomain(workload);
  const errors: string[] = [];
  if (stream.shards > MAX_SHARDS) {
    errors.push(
      `One stream would need ${stream.shards.toLocaleString("en-US")} shards. Allowed: up to ${MAX_SHARDS.toLocaleString("en-US")}. ` +
        "Give each of several pipelines a part of the log groups, and size each.",
    );
  }
  if (!domain) {
    errors.push(
      "No domain of up to 80 data nodes carries this. Allowed: less of --gb-per-day, --days, --replicas or --peak-factor for each pipeline. " +
        "Keep events for fewer days (the archive keeps them all), or give each of several pipelines a part of the log groups.",
    );
  }
  if (!domain || errors.length > 0) throw new UsageError(errors);
  return {
    ...{ workload, stream, domain },
    storage: storageOf(workload),
    quotas: quotasOf(stream, domain),
    inputs: moduleInputs(workload, stream, domain),
  };
}
