import { SdkBucket } from "../../archive/sdk-bucket";
import type { IndexLayouts } from "../../core/events/index-layout";
import { objectSettings } from "../../core/pipelines/object-settings";
import type { AccessLogsArguments } from "../arguments/arguments";
import type { AuditWays } from "../run";
import { compareObjects } from "./compare-objects";
import { objectHealer } from "./heal-objects";
import { objectLayouts } from "./object-lines";
import { UnreadableObjects } from "./object-quarantine";

type S3 = ConstructorParameters<typeof SdkBucket>[0];

/**
 * Returns how access logs are compared and mended, and the layouts of their indices.
 *
 * @param bucket of the access logs
 */
export function accessLogsWays(
  { variables }: AccessLogsArguments,
  bucket: SdkBucket,
  { s3, signal }: { s3: S3; signal: AbortSignal },
): { ways: AuditWays; layouts: IndexLayouts } {
  const settings = objectSettings(variables);
  const { ACCESS_LOG_SOURCES: sources, QUARANTINE_BUCKET, QUARANTINE_PREFIX: quarantinePrefix } = variables;
  const quarantine = new SdkBucket(s3, QUARANTINE_BUCKET, signal);
  const places = { bucket, settings, sources, quarantine, quarantinePrefix };
  const objects = { ...places, unreadable: new UnreadableObjects(places) };
  return {
    ways: {
      compare: (unit, io) => compareObjects(unit, io, objects),
      heal: objectHealer(),
      healsAtOnce: false,
    },
    layouts: objectLayouts(settings),
  };
}
