/** What people and functions do with a pipeline's indices. The roles are named `<pipeline>-<function>`. */
export const FUNCTIONAL_ROLES = ["writer", "reader", "cleaner", "administrator"] as const;
export type FunctionalRole = (typeof FUNCTIONAL_ROLES)[number];
