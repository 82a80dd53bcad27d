import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { archiveQueriesInputs } from "./inputs";

/** The rules between the inputs. */
export const archiveQueriesConstraints: readonly Constraint<typeof archiveQueriesInputs>[] = [
  {
    path: "results_expiration_days",
    allowed: "null with results_bucket, whose own lifecycle decides",
    decidedBy: ["resultsExpirationDays", "resultsBucket"],
    violations: ({ resultsExpirationDays, resultsBucket }) =>
      resultsExpirationDays !== null && resultsBucket !== null ? [resultsExpirationDays] : [],
    violationsAtPlan: ({ resultsExpirationDays, resultsBucket }) =>
      hcl`[for days in [${resultsExpirationDays}] : days if days != null && ${resultsBucket} != null]`,
  },
];
