import type { StoredResource } from "../../../support/terraform";

/**
 * Inputs that between them give every variable of a module another value than its default, and turn every option on and
 * off; and resources in the state, so that the policies that quote them are known.
 */
export type ComparedInputs = readonly [
  name: string,
  variables: Readonly<Record<string, unknown>>,
  stored?: readonly StoredResource[],
][];

/** The provider plans a change of a stored resource without tags, whatever is stored. */
export const STORED_TAGS = { team: "platform" };

export const archiveKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/archive";

export const arnIn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
