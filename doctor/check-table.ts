import { ARCHIVE_CHECKS } from "./declared/archive";
import { FUNCTION_CHECKS } from "./declared/functions";
import { ROLE_CHECKS } from "./declared/role";
import { SEARCH_CHECKS } from "./declared/search";
import { SOURCE_CHECKS } from "./declared/streams";

/** What the doctor looks at, in the order of a record's way: docs/doctor.md has it as a table. */
export const DOCTOR_CHECKS = {
  ...SOURCE_CHECKS,
  ...FUNCTION_CHECKS,
  ...ARCHIVE_CHECKS,
  ...ROLE_CHECKS,
  ...SEARCH_CHECKS,
};

export type DoctorCheckName = keyof typeof DOCTOR_CHECKS;

/** Something that is wrong. */
export interface DoctorFinding {
  readonly check: DoctorCheckName;
  /** The stream, function, log group, bucket or endpoint. */
  readonly subject: string;
  /** What was seen. */
  readonly found: string;
  /** The command that mends it, or shows more. */
  readonly command: string;
}
