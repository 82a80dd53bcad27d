import type { Format } from "./format";
import { base64, ipv4, METHODS, port, referer, STATUSES, seconds, urlPath, userAgent } from "./values";

const FIELDS =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) " +
  "cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken " +
  "x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status " +
  "fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len " +
  "sc-range-start sc-range-end";

/** CloudFront percent-encodes the browsers' encoding once more. */
const encoded = (text: string) => (text === "-" ? text : encodeURI(text));

/** Source: Amazon CloudFront Developer Guide, "Standard log file format". */
export const cloudfront: Format = {
  header: ["#Version: 1.0", `#Fields: ${FIELDS}`],
  line({ random, time }) {
    const [date, clock] = time.toISOString().slice(0, 19).split("T");
    const host = "d111111abcdef8.cloudfront.net";
    const [stem = "", query = "-"] = urlPath(random).split("?");
    const taken = seconds(random, 1.5);
    const result = random.pick(["Hit", "Hit", "Miss", "RefreshHit", "Error", "Redirect"]);
    const fields: Record<string, string | number> = {
      ...Object.fromEntries(FIELDS.split(" ").map((name) => [name, "-"])),
      date: date!,
      time: clock!,
      "x-edge-location": random.pick(["FRA56-P4", "HKG62-C2", "IAD89-C1"]),
      "sc-bytes": random.integer(200, 200_000),
      "c-ip": ipv4(random),
      "cs-method": random.pick(METHODS),
      "cs(Host)": host,
      "cs-uri-stem": encoded(stem),
      "sc-status": random.pick(STATUSES),
      "cs(Referer)": encoded(referer(random)),
      "cs(User-Agent)": encoded(userAgent(random)),
      "cs-uri-query": encoded(query),
      "x-edge-result-type": result,
      "x-edge-request-id": base64(random, 40).replaceAll("+", "-").replaceAll("/", "_"),
      "x-host-header": host,
      "cs-protocol": "https",
      "cs-bytes": random.integer(40, 2_000),
      "time-taken": taken,
      "ssl-protocol": "TLSv1.3",
      "ssl-cipher": "TLS_AES_128_GCM_SHA256",
      "x-edge-response-result-type": result,
      "cs-protocol-version": "HTTP/2.0",
      "c-port": port(random),
      "time-to-first-byte": taken,
      "x-edge-detailed-result-type": result,
      "sc-content-type": random.pick(["text/html", "application/json", "image/png", "-"]),
      "sc-content-len": random.integer(0, 200_000),
    };
    return Object.values(fields).join("\t");
  },
};
