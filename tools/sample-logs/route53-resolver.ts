import type { Random } from "../random";
import type { Format } from "./format";
import { ACCOUNT, filled, hex, ipv4, ipv6, isoSeconds, port, REGION } from "./values";

/** Each # is replaced by a digit. */
const HOSTS = [
  "shop.example.com.",
  "api-##.shop.example.com.",
  "orders-#.cluster-c5h1example.eu-central-1.rds.amazonaws.com.",
  "sqs.eu-central-1.amazonaws.com.",
  "images-###.s3.eu-central-1.amazonaws.com.",
  "updates.example.org.",
  "x####.ads.example.net.",
];

const answer = (Rdata: string, Type: string) => ({ Rdata, Type, Class: "IN" });

function answersOf(random: Random, type: string) {
  const address = type === "AAAA" ? ipv6 : ipv4;
  if (type === "PTR") return [answer(filled(random, HOSTS), type)];
  const addresses = Array.from({ length: random.pick([1, 1, 1, 2, 4]) }, () => answer(address(random), type));
  return random.chance(0.2) ? [answer(filled(random, HOSTS), "CNAME"), ...addresses] : addresses;
}

/** Source: Amazon Route 53 Developer Guide, "Values that appear in VPC Resolver query logs"; the order is that of its records. */
export const route53Resolver: Format = {
  line({ random, time }) {
    const type = random.pick(["A", "A", "A", "AAAA", "AAAA", "PTR"]);
    const reverse = `${ipv4(random).split(".").reverse().join(".")}.in-addr.arpa.`;
    const rcode = random.pick(["NOERROR", "NOERROR", "NOERROR", "NOERROR", "NXDOMAIN"]);
    const blocked = random.chance(0.03);
    return JSON.stringify({
      version: "1.100000",
      account_id: ACCOUNT,
      region: REGION,
      vpc_id: "vpc-0123456789abcdef0",
      query_timestamp: isoSeconds(time),
      query_name: type === "PTR" ? reverse : filled(random, HOSTS),
      query_type: type,
      query_class: "IN",
      rcode,
      answers: rcode === "NOERROR" ? answersOf(random, type) : [],
      srcaddr: ipv4(random),
      srcport: String(port(random)),
      transport: random.chance(0.02) ? "TCP" : "UDP",
      srcids: { instance: `i-0${hex(random, 16)}` },
      ...(blocked && {
        firewall_rule_action: "BLOCK",
        firewall_rule_group_id: "rslvr-frg-01234567890abcdef",
        firewall_domain_list_id: "rslvr-fdl-01234567890abcdef",
      }),
    });
  },
};
