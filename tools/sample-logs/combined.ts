import type { Format, Scene } from "./format";
import { clfTime, ipv4, ipv6, METHODS, referer, STATUSES, urlPath, userAgent } from "./values";

/** Source: Apache HTTP Server documentation, "Log Files", "Combined Log Format". */
function line({ random, time }: Scene): string {
  const client = random.chance(0.1) ? ipv6(random) : ipv4(random);
  const user = random.chance(0.05) ? random.pick(["alice", "j\\xc3\\xb8rgen", "svc-export"]) : "-";
  const status = random.pick(STATUSES);
  const bytes = status === 304 ? "-" : random.integer(0, 250_000);
  // A TLS handshake on a plain HTTP port: the server logs its bytes, escaped, as the request.
  const request = random.chance(0.02)
    ? "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xfc\\x03\\x03"
    : `${random.pick(METHODS)} ${urlPath(random)} HTTP/${random.pick(["1.0", "1.1", "1.1", "2.0"])}`;
  const agent = random.chance(0.02) ? 'Mozilla/5.0 \\"quoted\\" (X11)' : userAgent(random);
  return `${client} - ${user} [${clfTime(time)}] "${request}" ${status} ${bytes} "${referer(random)}" "${agent}"`;
}

export const apacheAccess: Format = { line };

/** nginx's default image adds `$http_x_forwarded_for`. */
export const nginxAccess: Format = {
  line: (scene) => `${line(scene)} "${scene.random.chance(0.3) ? ipv4(scene.random) : "-"}"`,
};
