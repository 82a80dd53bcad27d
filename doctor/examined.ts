import { ApiError } from "../search/api-error";
import { awsFailureReason } from "./aws-failure";
import { DOCTOR_CHECKS, type DoctorCheckName, type DoctorFinding } from "./check-table";

/** What could not be checked: nothing is said about it. */
export interface Unchecked {
  readonly checks: readonly DoctorCheckName[];
  readonly subject: string;
  readonly reason: string;
  /** What the caller has to be allowed to do; undefined: nothing was denied. */
  readonly needs?: string;
}

/** What came of some checks. */
export interface Examined {
  readonly findings: readonly DoctorFinding[];
  readonly unchecked: readonly Unchecked[];
}

/** Thrown by a check that cannot say whether something is wrong. Its message says why. */
export class UncheckedError extends Error {
  override readonly name = "UncheckedError";

  /** @param needs what the caller has to be allowed to do; undefined: nothing was denied */
  constructor(
    message: string,
    readonly needs?: string,
  ) {
    super(message);
  }
}

/** Looks at one thing; when that fails, says which checks were not made, and the others are. */
export async function looked(
  checks: readonly DoctorCheckName[],
  subject: string,
  look: () => Promise<readonly DoctorFinding[]>,
): Promise<Examined> {
  try {
    return { findings: await look(), unchecked: [] };
  } catch (error) {
    return { findings: [], unchecked: [uncheckedBy(error, checks, subject)] };
  }
}

/** @throws what is no failure of a call but a defect */
function uncheckedBy(error: unknown, checks: readonly DoctorCheckName[], subject: string): Unchecked {
  if (error instanceof TypeError || error instanceof RangeError) throw error;
  const ofChecks = [...new Set(checks.flatMap((check) => DOCTOR_CHECKS[check].needs.split(", ")))].join(", ");
  const needs = error instanceof UncheckedError ? error.needs : isDenial(error) ? ofChecks : undefined;
  return { checks, subject, reason: awsFailureReason(error), ...(needs !== undefined && { needs }) };
}

/** Whether the caller is not allowed what was asked. Source: common errors of AWS's API references. */
export function isDenial(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 401 || error.status === 403;
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode === 403 || /^(AccessDenied|AuthorizationError|Forbidden)/.test(name ?? "");
}

/** Returns all of it, in its order. */
export async function together(all: readonly (Examined | Promise<Examined>)[]): Promise<Examined> {
  const examined = await Promise.all(all);
  return {
    findings: examined.flatMap(({ findings }) => findings),
    unchecked: examined.flatMap(({ unchecked }) => unchecked),
  };
}
