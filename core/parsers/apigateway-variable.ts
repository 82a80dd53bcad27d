import type { FieldValue } from "./parsed-message";

/** A `$context` variable of a line, by its name in snake case. */
export type AccessVariable = readonly [name: string, value: FieldValue];

/** A format has up to 3 KB: API Gateway's quotas. More variables are somebody else's JSON. */
export const MAX_VARIABLES = 256;
