import fc from "fast-check";
import { parseRoute53Resolver } from "../../../core/parsers/route53-resolver";
import { flatFields } from "../../support/flat-fields";

const fieldsOf = (query: object) => {
  const parsed = parseRoute53Resolver(JSON.stringify(query));
  return parsed && flatFields(parsed.fields);
};

/** "Route 53 VPC Resolver query log example" in the Route 53 Developer Guide. */
const QUERY = {
  ...{ srcaddr: "4.5.64.102", vpc_id: "vpc-7example" },
  answers: [{ Rdata: "203.0.113.9", Type: "PTR", Class: "IN" }],
  ...{ firewall_rule_group_id: "rslvr-frg-01234567890abcdef", firewall_rule_action: "BLOCK" },
  ...{ query_name: "15.3.4.32.in-addr.arpa.", firewall_domain_list_id: "rslvr-fdl-01234567890abcdef" },
  ...{ query_class: "IN", srcids: { instance: "i-0d15cd0d3example" }, rcode: "NOERROR", query_type: "PTR" },
  ...{ transport: "UDP", version: "1.100000", account_id: "111122223333", srcport: "56067" },
  ...{ query_timestamp: "2021-02-04T17:51:55Z", region: "us-east-1" },
};

describe("parseRoute53Resolver", () => {
  it("names the fields as Elastic's integration does, and the rest as Route 53 does", () => {
    expect(fieldsOf(QUERY)).toEqual({
      "event.dataset": "aws.route53_resolver",
      "event.outcome": "success",
      "event.start": "2021-02-04T17:51:55.000Z",
      "network.protocol": "dns",
      "network.transport": "udp",
      "network.iana_number": "17",
      "source.address": "4.5.64.102",
      "source.ip": "4.5.64.102",
      "source.port": 56067,
      "cloud.instance.id": "i-0d15cd0d3example",
      "dns.question.name": "15.3.4.32.in-addr.arpa",
      "dns.question.type": "PTR",
      "dns.question.class": "IN",
      "dns.response_code": "NOERROR",
      "dns.answers": [{ data: "203.0.113.9", type: "PTR", class: "IN" }],
      "dns.resolved_ip": ["203.0.113.9"],
      "aws.route53.version": "1.100000",
      "aws.route53.account_id": "111122223333",
      "aws.route53.region": "us-east-1",
      "aws.route53.vpc_id": "vpc-7example",
      "aws.route53.firewall.action": "BLOCK",
      "aws.route53.firewall.rule_group.id": "rslvr-frg-01234567890abcdef",
      "aws.route53.firewall.domain_list.id": "rslvr-fdl-01234567890abcdef",
    });
    expect(parseRoute53Resolver(JSON.stringify(QUERY))!.time).toBe(Date.parse("2021-02-04T17:51:55Z"));
  });

  // Of Elastic's integration: packages/aws, data_stream/route53_resolver_logs, test-route53.log.
  it("takes the names and addresses of several answers, without the dots at their ends", () => {
    const answers = [
      { Rdata: "s3-r-w.dualstack.us-east-1.amazonaws.com.", Type: "CNAME", Class: "IN" },
      { Rdata: "2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6", Type: "AAAA", Class: "IN" },
    ];
    expect(fieldsOf({ ...QUERY, answers, transport: "TCP", rcode: "NXDOMAIN" })).toMatchObject({
      "dns.answers": [
        { data: "s3-r-w.dualstack.us-east-1.amazonaws.com", type: "CNAME", class: "IN" },
        { data: "2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6", type: "AAAA", class: "IN" },
      ],
      "dns.resolved_ip": ["2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6"],
      "network.transport": "tcp",
      "network.iana_number": "6",
      "event.outcome": "failure",
    });
  });

  it("takes queries that came by an endpoint, of the root, and without answers", () => {
    const srcids = { resolver_endpoint: "rslvr-in-1", resolver_network_interface: "rni-1" };
    const fields = fieldsOf({ ...QUERY, srcids, query_name: ".", answers: [], some_new_id: "x" });
    expect(fields).toMatchObject({
      "dns.question.name": ".",
      "aws.route53.resolver_endpoint": "rslvr-in-1",
      "aws.route53.resolver_network_interface": "rni-1",
      "aws.route53.some_new_id": "x",
    });
    expect(fieldsOf({ ...QUERY, answers: [{}, { Rdata: null }] })).not.toHaveProperty(["dns.answers"]);
    expect(Object.keys(fields!).filter((name) => /answers|resolved|instance/.test(name))).toEqual([]);
  });

  it("leaves members of another type where AWS has them", () => {
    const wrong = { srcport: "many", transport: 6, answers: "none", srcids: "i-1", query_class: { a: 1 } };
    expect(fieldsOf({ ...QUERY, ...wrong })).toMatchObject({
      "aws.route53.srcport": "many",
      "aws.route53.transport": 6,
      "aws.route53.answers": "none",
      "aws.route53.srcids": "i-1",
      "aws.route53.query_class.a": 1,
    });
  });

  it("takes no other object", () => {
    const { account_id: _, ...withoutAccount } = QUERY;
    for (const query of [{}, withoutAccount, { ...QUERY, query_name: 1 }, [QUERY]])
      expect(fieldsOf(query)).toBeUndefined();
    expect(parseRoute53Resolver("query_timestamp")).toBeUndefined();
  });

  it("does not throw, whatever the values", () => {
    const others = fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(QUERY)), fc.string()), fc.jsonValue());
    fc.assert(
      fc.property(others, (members) => {
        const query = { ...members, query_timestamp: "x", query_name: "y", query_type: "A", account_id: "1" };
        expect(parseRoute53Resolver(JSON.stringify(query))).toBeDefined();
      }),
    );
  });
});
