import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { archiveInputs } from "./inputs";

/** The rules between the archive's inputs. */
export const archiveConstraints: readonly Constraint<typeof archiveInputs>[] = [
  {
    path: "expiration_days",
    allowed: "more than transition_to_ia_days (Amazon S3 API Reference, PutBucketLifecycleConfiguration)",
    decidedBy: ["expirationDays", "transitionToIaDays"],
    violations: ({ expirationDays, transitionToIaDays }) =>
      expirationDays !== null && expirationDays <= transitionToIaDays ? [expirationDays] : [],
    violationsAtPlan: ({ expirationDays, transitionToIaDays }) =>
      hcl`[for days in [${expirationDays}] : days if days == null ? false : days <= ${transitionToIaDays}]`,
  },
];
