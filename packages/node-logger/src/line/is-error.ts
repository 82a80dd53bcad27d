import { types } from "node:util";

/** Whether a value is an error, also one of another realm, such as a `vm` context or a test's. Never throws. */
export function isError(value: unknown): value is Error {
  try {
    return types.isNativeError(value) || value instanceof Error;
  } catch {
    return false;
  }
}
