import type { Format } from "./format";
import { ipv4, METHODS, microseconds, port, seconds, urlPath, userAgent } from "./values";

/** Source: User Guide for Classic Load Balancers, "Access log entries". */
export const elb: Format = {
  line({ random, time }) {
    const when = microseconds(random, time.getTime());
    const start = `${when} shop ${ipv4(random)}:${port(random)}`;
    const bytes = `${random.integer(0, 4_000)} ${random.integer(0, 90_000)}`;
    const backend = `10.0.${random.integer(0, 3)}.${random.integer(4, 254)}:8080`;
    const times = [0.0001, 0.4, 0.0001].map((most) => seconds(random, most, 6)).join(" ");
    // Of a TCP listener.
    if (random.chance(0.03)) return `${start} ${backend} ${times} - - ${bytes} "- - - " "-" - -`;
    const isTls = random.chance(0.8);
    const url = `${isTls ? "https" : "http"}://shop.example.com:${isTls ? 443 : 80}${urlPath(random)}`;
    const end = `"${random.pick(METHODS)} ${url} HTTP/1.1" "${userAgent(random)}" ${isTls ? "ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2" : "- -"}`;
    if (random.chance(0.05)) return `${start} - -1 -1 -1 ${random.pick([503, 504])} 0 ${bytes} ${end}`;
    const status = random.pick([200, 200, 200, 302, 404, 500]);
    return `${start} ${backend} ${times} ${status} ${status} ${bytes} ${end}`;
  },
};
