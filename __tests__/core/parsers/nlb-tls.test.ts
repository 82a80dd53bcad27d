import { splitDelimited } from "../../../core/parsers/delimited";
import { NLB_TLS, parseNlbTls } from "../../../core/parsers/nlb-tls";
import { parsedFlat } from "../../support/flat-fields";

const fieldsOf = (line: string) => parsedFlat(parseNlbTls, line)?.fields;

describe("an NLB's access log", () => {
  // "Access logs for your Network Load Balancer" in its user guide, Example log entries.
  const ALPN =
    "tls 2.0 2020-04-01T08:51:42 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - " +
    "arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99 - ECDHE-RSA-AES128-SHA tlsv12 - " +
    'my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com h2 h2 "h2","http/1.1" 2020-04-01T08:51:20';

  it("has each field where ECS or Elastic's integration has it", () => {
    expect(fieldsOf(ALPN)).toEqual({
      "event.dataset": "aws.nlb_tls",
      "event.start": "2020-04-01T08:51:20Z",
      "event.end": "2020-04-01T08:51:42Z",
      "event.duration": 5_000_000,
      "source.address": "72.21.218.154",
      "source.ip": "72.21.218.154",
      "source.port": 51341,
      "source.bytes": 98,
      "destination.address": "172.100.100.185",
      "destination.ip": "172.100.100.185",
      "destination.port": 443,
      "destination.bytes": 246,
      "destination.domain": "my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com",
      "tls.cipher": "ECDHE-RSA-AES128-SHA",
      "tls.version": "1.2",
      "tls.version_protocol": "tls",
      "tls.next_protocol": "h2",
      "aws.elb.type": "tls",
      "aws.elb.version": "2.0",
      "aws.elb.name": "net/my-network-loadbalancer/c6e77e28c25b2234",
      "aws.elb.listener": "g3d4b5e8bb8464cd",
      "aws.elb.connection_time.ms": 5,
      "aws.elb.tls_handshake_time.ms": 2,
      "aws.elb.chosen_cert.arn": "arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99",
      "aws.elb.ssl_cipher": "ECDHE-RSA-AES128-SHA",
      "aws.elb.ssl_protocol": "tlsv12",
      "aws.elb.alpn_be_protocol": "h2",
      "aws.elb.alpn_client_preference_list": ["h2", "http/1.1"],
    });
    expect(parseNlbTls(ALPN)?.time).toBe(Date.UTC(2020, 3, 1, 8, 51, 42));
  });

  it("may be of version 1.0, and of a connection that TLS did not begin", () => {
    const old = ALPN.replace("tls 2.0", "tls 1.0").replace(/ h2 h2 .*$/, "");
    expect(fieldsOf(old)).toMatchObject({ "aws.elb.version": "1.0", "event.end": "2020-04-01T08:51:42Z" });
    // Elastic's test line.
    const silent =
      "tls 2.0 2024-10-25T17:33:59 net/XXXXX-XXXX-XXX-us-east-2/c88927aafc9abafe 52878890095341b5 192.168.131.39:2817 10.0.0.1:80 0 - 0 0 - - - - - - - - - - 2024-10-25T17:33:59";
    expect(fieldsOf(silent)).not.toHaveProperty(["tls.version"]);
    expect(fieldsOf(silent)).toMatchObject({ "source.bytes": 0, "event.start": "2024-10-25T17:33:59Z" });
  });

  it("takes the JSON form", () => {
    const members = Object.fromEntries(splitDelimited(ALPN).map((text, i) => [NLB_TLS.names[i], text]));
    const json = JSON.stringify({ ...members, alpn_client_preference_list: '"h2","http/1.1"' });
    expect(fieldsOf(json)).toEqual(fieldsOf(ALPN));
  });

  it("has the name of a server decoded", () => {
    expect(fieldsOf(ALPN.replace("my-network-loadbalancer-c6e77e28c25b2234.elb", "m%C3%BCnchen"))).toMatchObject({
      "destination.domain": "münchen.us-east-2.amazonaws.com",
    });
  });
});
