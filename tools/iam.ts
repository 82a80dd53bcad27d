import type { HttpResponse } from "../core/http/send";
import type { Credentials } from "../core/http/sign";
import { signing } from "../core/http/signing";
import { undiciTransport } from "../core/http/undici-transport";

const TIMEOUT_MS = 30_000;

/** A role with its policy, which has up to 8,192 characters, or a simulation. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** Where IAM answers, by partition, and the region that signs. Source: AWS General Reference, "IAM endpoints and quotas". */
const ENDPOINTS: Readonly<Record<string, readonly [origin: string, region: string]>> = {
  aws: ["https://iam.amazonaws.com", "us-east-1"],
  "aws-cn": ["https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"],
  "aws-us-gov": ["https://iam.us-gov.amazonaws.com", "us-gov-west-1"],
};

/** Asks IAM, which answers in XML; `elementIn` reads it. @throws when there is no response */
export type AskIam = (action: string, parameters: Readonly<Record<string, string>>) => Promise<HttpResponse>;

/**
 * Returns what asks IAM; undefined: where it answers in this partition is not known.
 *
 * @param partition of the caller
 * @param origin of the local pipeline's emulator, or another endpoint. @default the partition's
 */
export function iamCaller(
  partition: string,
  credentials: () => Promise<Credentials>,
  origin?: string,
): AskIam | undefined {
  const [ofPartition, region] = ENDPOINTS[partition] ?? [undefined, "us-east-1"];
  const endpoint = origin ?? ofPartition;
  if (endpoint === undefined) return undefined;
  const send = signing(undiciTransport(endpoint), { origin: endpoint, service: "iam", region }, credentials);
  return (action, parameters) => {
    const form = new URLSearchParams({ Action: action, ...parameters, Version: "2010-05-08" });
    return send({
      ...{ method: "POST", path: "/", body: Buffer.from(form.toString()) },
      headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
      ...{ timeoutMs: TIMEOUT_MS, maxResponseBytes: MAX_RESPONSE_BYTES },
    });
  };
}

/** Returns the text of the first element of this name; undefined: there is none, or it has elements. */
export const elementIn = ({ body }: HttpResponse, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
