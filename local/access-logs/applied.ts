import { type LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { ACCESS_LOGS_ENVIRONMENT, type AccessLogsEnvironment } from "../../core/settings/access-logs";
import { EnvironmentError, parseVariables } from "../../core/settings/parse-variables";
import type { ArchiveLocation } from "../delivery/archive";

/** Access logs that the emulated account delivers. */
export interface AppliedAccessLogs {
  /** A bucket whose objects are delivered, whatever their keys. */
  readonly bucket: string;
  /** Its `access-logs/` holds what cannot be read or indexed. */
  readonly quarantine: ArchiveLocation;
}

/** Finds the function of access logs that is applied. @returns undefined when none is, or none takes any key of a bucket */
export async function appliedAccessLogs(lambda: LambdaClient): Promise<AppliedAccessLogs | undefined> {
  for await (const applied of allAppliedAccessLogs(lambda)) return applied;
  return undefined;
}

/** Finds the functions of access logs that are applied, each by the first bucket of which it takes any key. */
export async function* allAppliedAccessLogs(lambda: LambdaClient): AsyncGenerator<AppliedAccessLogs> {
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    for (const { Environment } of Functions) {
      const variables = variablesIn(Environment?.Variables);
      const source = variables?.ACCESS_LOG_SOURCES.find(({ prefix }) => prefix === "");
      if (!variables || !source) continue;
      const { QUARANTINE_BUCKET, QUARANTINE_PREFIX } = variables;
      yield { bucket: source.bucket, quarantine: { bucket: QUARANTINE_BUCKET, prefix: QUARANTINE_PREFIX } };
    }
  }
}

type Needed = Pick<AccessLogsEnvironment, "ACCESS_LOG_SOURCES" | "QUARANTINE_BUCKET" | "QUARANTINE_PREFIX">;

/** @returns undefined for another function, and for one that fails by its environment: its log says so */
function variablesIn(variables: Record<string, string> = {}): Needed | undefined {
  const { ACCESS_LOG_SOURCES, QUARANTINE_BUCKET, QUARANTINE_PREFIX } = ACCESS_LOGS_ENVIRONMENT;
  try {
    return parseVariables({ ACCESS_LOG_SOURCES, QUARANTINE_BUCKET, QUARANTINE_PREFIX }, variables);
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}
