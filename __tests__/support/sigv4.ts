import { createHash, createHmac } from "node:crypto";

/** A request as it is on the wire. Header names are in lower case. */
export interface WireRequest {
  method: string;
  /** Path and query, percent-encoded. */
  target: string;
  headers: Record<string, string>;
  body: Buffer;
}

const sha256 = (data: Buffer | string) => createHash("sha256").update(data).digest("hex");
const hmac = (key: Buffer | string, data: string) => createHmac("sha256", key).update(data).digest();

/** Percent-encodes all but A-Z a-z 0-9 - . _ ~ */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The signature of a request, computed as the AWS IAM User Guide describes it in "Create a signed AWS API request".
 *
 * @param signedHeaders their names, separated by semicolons
 * @param scope date/region/service/aws4_request
 */
export function signatureOf(
  request: WireRequest,
  signedHeaders: string,
  scope: string,
  secretAccessKey: string,
): string {
  const [date, region, service] = scope.split("/") as [string, string, string];
  const [path, query = ""] = request.target.split("?") as [string, string?];
  const isS3 = service === "s3";
  const canonicalRequest = [
    request.method,
    // Every service but S3 encodes the path once more.
    path
      .split("/")
      .map((segment) => encode(isS3 ? decodeURIComponent(segment) : segment))
      .join("/"),
    [...new URLSearchParams(query)]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join("&"),
    ...signedHeaders.split(";").map((name) => `${name}:${request.headers[name]!.trim().replace(/ +/g, " ")}`),
    "",
    signedHeaders,
    sha256(request.body),
  ].join("\n");
  const time = request.headers["x-amz-date"]!;
  const stringToSign = ["AWS4-HMAC-SHA256", time, scope, sha256(canonicalRequest)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, stringToSign).toString("hex");
}

const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=(.+)$/;

/** Returns why an AWS service would reject the request's signature; undefined for a valid one. */
export function signatureError(
  request: WireRequest,
  expected: { accessKeyId: string; secretAccessKey: string; region: string; service: string },
): string | undefined {
  const match = AUTHORIZATION.exec(request.headers.authorization ?? "");
  if (!match) return "no signature";
  const [, accessKeyId, scope, signedHeaders, signature] = match as unknown as [string, string, string, string, string];
  if (accessKeyId !== expected.accessKeyId) return `access key ${accessKeyId}`;
  const date = request.headers["x-amz-date"]?.slice(0, 8);
  if (scope !== `${date}/${expected.region}/${expected.service}/aws4_request`) return `scope ${scope}`;
  const unsigned = Object.keys(request.headers)
    .filter((name) => name === "host" || (name.startsWith("x-amz-") && name !== "x-amzn-trace-id"))
    .filter((name) => !signedHeaders.split(";").includes(name));
  if (unsigned.length > 0) return `not signed: ${unsigned}`;
  const hash = request.headers["x-amz-content-sha256"];
  if (hash !== undefined && hash !== sha256(request.body)) return "another body";
  if (signature !== signatureOf(request, signedHeaders, scope, expected.secretAccessKey)) return "wrong signature";
  return undefined;
}
