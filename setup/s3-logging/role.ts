import { failureReason } from "../../core/http/failure-reason";
import type { HttpResponse } from "../../core/http/send";
import type { Credentials } from "../../core/http/sign";
import { elementIn, iamCaller } from "../../tools/iam";

/** What IAM says of a role. */
export type FoundRole =
  | { readonly kind: "found"; readonly arn: string; readonly trustPolicy: string }
  | { readonly kind: "missing" }
  /** Nobody may ask, or IAM does not answer. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Asks IAM for roles of the caller's account. */
export interface RoleReader {
  /** @param name without a path */
  read(name: string): Promise<FoundRole>;
}

/**
 * @param partition of the caller
 * @param origin of the local pipeline's emulator, or another endpoint. @default the partition's
 */
export function roleReader(partition: string, credentials: () => Promise<Credentials>, origin?: string): RoleReader {
  const ask = iamCaller(partition, credentials, origin);
  return {
    async read(name) {
      if (!ask) return { kind: "unknown", reason: `the endpoint of IAM in ${partition} is not known` };
      try {
        return foundIn(await ask("GetRole", { RoleName: name }));
      } catch (error) {
        return { kind: "unknown", reason: failureReason(error as Error) };
      }
    },
  };
}

/** Source: IAM API Reference, "GetRole": XML, and in it the trust policy as percent-encoded JSON. */
function foundIn(response: HttpResponse): FoundRole {
  const { status } = response;
  const [arn, trustPolicy, code] = ["Arn", "AssumeRolePolicyDocument", "Code"].map((name) => elementIn(response, name));
  if (status === 200 && arn !== undefined && trustPolicy !== undefined) {
    return { kind: "found", arn, trustPolicy: decodeURIComponent(trustPolicy) };
  }
  if (code === "NoSuchEntity") return { kind: "missing" };
  return { kind: "unknown", reason: `IAM answered ${status}${code === undefined ? "" : `, ${code}`}` };
}
