import { failureReason } from "../../core/http/failure-reason";
import type { HttpResponse } from "../../core/http/send";
import type { Credentials } from "../../core/http/sign";
import { signing } from "../../core/http/signing";
import { undiciTransport } from "../../core/http/undici-transport";

const TIMEOUT_MS = 30_000;

/** A role with its policy; a trust policy has up to 8,192 characters. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** Where IAM answers, by partition, and the region that signs. Source: AWS General Reference, "IAM endpoints and quotas". */
const ENDPOINTS: Readonly<Record<string, readonly [origin: string, region: string]>> = {
  aws: ["https://iam.amazonaws.com", "us-east-1"],
  "aws-cn": ["https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"],
  "aws-us-gov": ["https://iam.us-gov.amazonaws.com", "us-gov-west-1"],
};

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
  const [ofPartition, region] = ENDPOINTS[partition] ?? [undefined, "us-east-1"];
  const endpoint = origin ?? ofPartition;
  return {
    async read(name) {
      if (endpoint === undefined)
        return { kind: "unknown", reason: `the endpoint of IAM in ${partition} is not known` };
      const send = signing(undiciTransport(endpoint), { origin: endpoint, service: "iam", region }, credentials);
      const form = new URLSearchParams({ Action: "GetRole", RoleName: name, Version: "2010-05-08" });
      try {
        return foundIn(
          await send({
            ...{ method: "POST", path: "/", body: Buffer.from(form.toString()) },
            headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
            ...{ timeoutMs: TIMEOUT_MS, maxResponseBytes: MAX_RESPONSE_BYTES },
          }),
        );
      } catch (error) {
        return { kind: "unknown", reason: failureReason(error as Error) };
      }
    },
  };
}

/** Source: IAM API Reference, "GetRole": XML, and in it the trust policy as percent-encoded JSON. */
function foundIn({ status, body }: HttpResponse): FoundRole {
  const text = (element: string) => new RegExp(`<${element}>([^<]*)</${element}>`).exec(body)?.[1];
  const [arn, trustPolicy, code] = [text("Arn"), text("AssumeRolePolicyDocument"), text("Code")];
  if (status === 200 && arn !== undefined && trustPolicy !== undefined) {
    return { kind: "found", arn, trustPolicy: decodeURIComponent(trustPolicy) };
  }
  if (code === "NoSuchEntity") return { kind: "missing" };
  return { kind: "unknown", reason: `IAM answered ${status}${code === undefined ? "" : `, ${code}`}` };
}
