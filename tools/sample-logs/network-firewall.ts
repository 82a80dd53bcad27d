import type { Random } from "../random";
import type { Format, Scene } from "./format";
import { hex, ipv4, microseconds, port, REGION } from "./values";

/** As Suricata writes it: 2026-11-21T03:00:00.123456+0000 */
const suricataTime = (random: Random, ms: number): string => microseconds(random, ms).replace("Z", "+0000");

function alertOf(random: Random) {
  const id = random.integer(1, 40);
  return {
    event_type: "alert",
    alert: {
      action: random.pick(["allowed", "allowed", "blocked"]),
      signature_id: 1_000_000 + id,
      rev: 1,
      signature: `denied by rule ${id}`,
      category: random.pick(["", "Potentially Bad Traffic"]),
      severity: random.integer(1, 3),
    },
  };
}

function flowOf({ random, time }: Scene) {
  const pkts = random.integer(1, 900);
  const age = random.integer(0, 300);
  const [min_ttl, max_ttl] = [random.integer(40, 60), random.integer(60, 255)];
  const end = time.getTime() - random.integer(0, 60_000);
  const [start, last] = [end - 1000 * age, end].map((ms) => suricataTime(random, ms));
  return {
    event_type: "netflow",
    netflow: { pkts, bytes: pkts * random.integer(40, 1_500), start, end: last, age, min_ttl, max_ttl },
    tcp: { tcp_flags: hex(random, 2), syn: true, ack: random.chance(0.9) },
  };
}

/** Source: AWS Network Firewall Developer Guide, "Contents of an AWS Network Firewall log". */
export const networkFirewall: Format = {
  line(scene) {
    const { random, time } = scene;
    const { event_type, ...members } = random.chance(0.2) ? alertOf(random) : flowOf(scene);
    return JSON.stringify({
      firewall_name: "shop",
      availability_zone: `${REGION}${random.pick(["a", "b", "c"])}`,
      event_timestamp: String(Math.floor(time.getTime() / 1000)),
      event: {
        timestamp: suricataTime(random, time.getTime()),
        flow_id: random.integer(1, 2 ** 51),
        event_type,
        src_ip: ipv4(random),
        src_port: port(random),
        dest_ip: ipv4(random),
        dest_port: random.pick([22, 53, 80, 443, 443, 443, 5432]),
        proto: "TCP",
        ...members,
      },
    });
  },
};
