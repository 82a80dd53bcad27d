import type { Format } from "./format";
import { ACCOUNT, base64, clfTime, hex, ipv4, REGION, upper, userAgent, uuid } from "./values";

/** Operation, method and status. */
const OPERATIONS = [
  ["REST.GET.OBJECT", "GET", 200],
  ["REST.GET.OBJECT", "GET", 404],
  ["REST.PUT.OBJECT", "PUT", 200],
  ["REST.HEAD.OBJECT", "HEAD", 200],
  ["REST.DELETE.OBJECT", "DELETE", 204],
  ["REST.GET.BUCKET", "GET", 403],
] as const;
const ERRORS: Readonly<Record<number, string>> = { 403: "AccessDenied", 404: "NoSuchKey" };

/** Keys as S3 logs them: encoded as sent in the request, and once more in their own field. */
const KEYS = [
  "locales/en/cluster.json",
  "reports/2026/11/21/orders.parquet",
  "bilder/gr%C3%BCn+blau.png",
  "a%2520b.txt",
];

/** Source: Amazon S3 User Guide, "Amazon S3 server access log format". */
export const s3Access: Format = {
  line({ random, time }) {
    const [operation, method, status] = random.pick(OPERATIONS);
    const bucket = `shop-assets-${ACCOUNT}`;
    const key = operation.endsWith("BUCKET") ? "-" : random.pick(KEYS);
    const requester = random.chance(0.2) ? "-" : `arn:aws:sts::${ACCOUNT}:assumed-role/shop/${uuid(random)}`;
    const target = key === "-" ? "/?list-type=2&prefix=" : `/${key}`;
    const bytes = status === 200 && method === "GET" ? random.integer(1, 5_000_000) : "-";
    return [
      `${hex(random, 64)} ${bucket} [${clfTime(time)}] ${ipv4(random)} ${requester} ${upper(random, 16)} ${operation} ${key}`,
      `"${method} ${target} HTTP/1.1" ${status} ${ERRORS[status] ?? "-"} ${bytes} ${bytes}`,
      `${random.integer(3, 900)} ${random.integer(2, 90)} "-" "${userAgent(random)}" -`,
      `${base64(random, 56)} SigV4 TLS_AES_128_GCM_SHA256 AuthHeader ${bucket}.s3.${REGION}.amazonaws.com TLSv1.3 - -`,
    ].join(" ");
  },
};
