import type { Format } from "./format";
import { ACCOUNT, hex, ipv4, METHODS, microseconds, port, REGION, seconds, urlPath, userAgent } from "./values";

const CIPHERS = ["ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2", "TLS_AES_128_GCM_SHA256 TLSv1.3"];
const ARN = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/shop/73e2d6bc24d8a067`;

/** Source: User Guide for Application Load Balancers, "Access log entries". */
export const alb: Format = {
  line({ random, time }) {
    const scheme = random.pick(["http", "https", "h2", "wss"]);
    const isTls = scheme !== "http";
    const answered = random.chance(0.9);
    const target = answered ? `10.0.${random.integer(0, 3)}.${random.integer(4, 254)}:8080` : "-";
    const times = answered ? [0.01, 0.4, 0.01].map((most) => seconds(random, most)).join(" ") : "-1 -1 -1";
    const status = random.pick([200, 200, 200, 302, 404, 500]);
    const [elbStatus, targetStatus] = answered ? [status, status] : [random.pick([460, 502, 503, 504]), "-"];
    const host = "shop.example.com";
    const url = `${isTls ? "https" : "http"}://${host}:${isTls ? 443 : 80}${urlPath(random)}`;
    return [
      `${scheme} ${microseconds(random, time.getTime())} app/shop/50dc6c495c0c9188 ${ipv4(random)}:${port(random)} ${target} ${times}`,
      `${elbStatus} ${targetStatus} ${random.integer(34, 4_000)} ${random.integer(0, 90_000)}`,
      `"${random.pick(METHODS)} ${url} HTTP/${scheme === "h2" ? "2.0" : "1.1"}" "${userAgent(random)}"`,
      `${isTls ? random.pick(CIPHERS) : "- -"} ${ARN} "Root=1-${hex(random, 8)}-${hex(random, 24)}"`,
      isTls ? `"${host}" "arn:aws:acm:${REGION}:${ACCOUNT}:certificate/${hex(random, 12)}"` : `"-" "-"`,
      `${random.integer(0, 5)} ${microseconds(random, time.getTime() - 3)} "${random.pick(["forward", "waf,forward"])}" "-" "-"`,
      `"${target}" "${targetStatus}" "-" "-" TID_${hex(random, 32)}`,
    ].join(" ");
  },
};
