import type { Kind } from "../arguments/kinds";
import { accessLogs } from "./access-logs";
import { backfill } from "./backfill";
import { deadLetters } from "./dead-letters";
import { envelopes } from "./envelopes";
import type { KindReader } from "./kind";
import { undelivered } from "./undelivered";

export const KIND_READERS: Record<Kind, KindReader> = {
  archive: envelopes,
  rejected: envelopes,
  "dead-letter": deadLetters,
  undelivered,
  "access-logs": accessLogs,
  backfill,
};
