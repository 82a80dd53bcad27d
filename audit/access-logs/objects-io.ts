import type { Bucket } from "../../archive/bucket";
import type { ObjectSettings } from "../../core/pipelines/object-settings";
import type { AccessLogSource } from "../../core/settings/access-log-sources";

/** Where access logs are, and what the function `access-logs` makes of them. */
export interface ObjectsIo {
  /** Of the access logs. */
  bucket: Bucket;
  settings: ObjectSettings;
  sources: readonly AccessLogSource[];
  /** Of what is rejected and unreadable. */
  quarantine: Bucket;
  /** Before `access-logs/`. */
  quarantinePrefix: string;
}
