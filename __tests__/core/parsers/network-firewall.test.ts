import fc from "fast-check";
import { parseNetworkFirewall } from "../../../core/parsers/network-firewall";
import { flatFields } from "../../support/flat-fields";

const fieldsOf = (record: object | string) => {
  const parsed = parseNetworkFirewall(typeof record === "string" ? record : JSON.stringify(record));
  return parsed && flatFields(parsed.fields);
};

/** Of Elastic's integration (packages/aws, data_stream/firewall_logs, test-firewall.log), whose expected fields are these. */
const ALERT = {
  ...{ firewall_name: "AWSNetworkFirewall", availability_zone: "us-east-2a", event_timestamp: "1636381332" },
  event: {
    ...{ timestamp: "2021-11-08T14:22:12.637611+0000", flow_id: 706471429191862, event_type: "alert" },
    ...{ src_ip: "81.2.69.143", src_port: 51254, dest_ip: "216.160.83.57", dest_port: 80, proto: "TCP" },
    alert: {
      ...{ action: "blocked", signature_id: 1000003, rev: 1, signature: "Deny all other TCP traffic" },
      ...{ category: "Misc activity", severity: 3 },
    },
    http: {
      ...{ hostname: "216.160.83.57", url: "/a?b=c", http_user_agent: "curl/7.61.1", http_method: "GET" },
      ...{
        protocol: "HTTP/1.1",
        length: 0,
        status: 403,
        http_refer: "http://b.example/",
        http_content_type: "text/html",
      },
    },
    app_proto: "http",
  },
};
const NETFLOW = {
  ...{ firewall_name: "AWSNetworkFirewall", availability_zone: "us-east-2a", event_timestamp: "1636395643" },
  event: {
    ...{ timestamp: "2021-11-08T18:20:43.324542+0000", flow_id: 625409144331688, event_type: "netflow" },
    ...{ src_ip: "216.160.83.61", src_port: 61953, dest_ip: "89.160.20.156", dest_port: 5060, proto: "TCP" },
    netflow: {
      ...{ pkts: 1, bytes: 40, start: "2021-11-08T18:18:11.990632+0000", end: "2021-11-08T18:18:12.990632+0000" },
      ...{ age: 0, min_ttl: 221, max_ttl: 221 },
    },
    tcp: { tcp_flags: "1b", syn: true },
  },
};

describe("parseNetworkFirewall", () => {
  it("names the fields of an alert as Elastic's integration does", () => {
    expect(fieldsOf(ALERT)).toEqual({
      "event.dataset": "aws.network_firewall",
      "event.kind": "alert",
      "event.type": ["connection", "denied"],
      "event.outcome": "failure",
      "event.start": "2021-11-08T14:22:12.637Z",
      "event.action": "blocked",
      "event.severity": 3,
      "observer.name": "AWSNetworkFirewall",
      "cloud.availability_zone": "us-east-2a",
      "rule.id": "1000003",
      "rule.name": "Deny all other TCP traffic",
      "rule.version": "1",
      "rule.category": "Misc activity",
      "source.address": "81.2.69.143",
      "source.ip": "81.2.69.143",
      "source.port": 51254,
      "destination.address": "216.160.83.57",
      "destination.ip": "216.160.83.57",
      "destination.port": 80,
      "destination.domain": "216.160.83.57",
      "network.transport": "tcp",
      "network.iana_number": "6",
      "network.protocol": "http",
      "http.version": "1.1",
      "http.request.method": "GET",
      "http.request.referrer": "http://b.example/",
      "http.response.body.bytes": 0,
      "http.response.mime_type": "text/html",
      "http.response.status_code": 403,
      "url.original": "/a?b=c",
      "url.path": "/a",
      "url.query": "b=c",
      "user_agent.original": "curl/7.61.1",
      "aws.firewall.event_timestamp": "1636381332",
      "aws.firewall.event_type": "alert",
      "aws.firewall.flow.id": "706471429191862",
    });
    expect(parseNetworkFirewall(JSON.stringify(ALERT))!.time).toBe(Date.parse("2021-11-08T14:22:12.637Z"));
  });

  it("names those of a flow so, too, by its own times, and reads hexadecimal flags", () => {
    const fields = fieldsOf(NETFLOW);
    expect(fields).toMatchObject({
      "event.kind": "event",
      "event.type": ["connection"],
      "event.start": "2021-11-08T18:18:11.990Z",
      "event.end": "2021-11-08T18:18:12.990Z",
      "network.bytes": 40,
      "network.packets": 1,
      "aws.firewall.timestamp": "2021-11-08T18:20:43.324Z",
      "aws.firewall.flow.id": "625409144331688",
      "aws.firewall.flow.age": 0,
      "aws.firewall.flow.min_ttl": 221,
      "aws.firewall.tcp_flags": "1b",
      "aws.firewall.tcp_flags_array": ["fin", "syn", "psh", "ack"],
      "aws.firewall.tcp.syn": true,
    });
    expect(fields).not.toHaveProperty(["event.outcome"]);
  });

  it("takes the TLS fields of an alert", () => {
    const tls = {
      ...{ subject: "CN=sqs.eu-central-1.amazonaws.com", issuerdn: "C=US, O=Amazon, OU=Server CA 1B, CN=Amazon" },
      ...{ serial: "08:C9:76:68", fingerprint: "34:36:32", sni: "sqs.eu-central-1.amazonaws.com", version: "TLS 1.2" },
      ...{ notbefore: "2022-11-03T00:00:00", notafter: "2023-10-16T23:59:59", ja3: {}, ja3s: { hash: "abc" } },
    };
    const alert = { action: "allowed", signature_id: 4, metadata: { "my key": ["a"] } };
    expect(fieldsOf({ ...ALERT, event: { ...ALERT.event, tls, alert, app_proto: "failed" } })).toMatchObject({
      "event.outcome": "success",
      "event.type": ["connection", "allowed"],
      "destination.domain": "sqs.eu-central-1.amazonaws.com",
      "tls.version": "1.2",
      "tls.version_protocol": "tls",
      "tls.client.server_name": "sqs.eu-central-1.amazonaws.com",
      "tls.server.ja3s": "abc",
      "tls.server.subject": "CN=sqs.eu-central-1.amazonaws.com",
      "tls.server.issuer": "C=US, O=Amazon, OU=Server CA 1B, CN=Amazon",
      "tls.server.x509.serial_number": "08C97668",
      "tls.server.not_before": "2022-11-03T00:00:00.000Z",
      "tls.server.not_after": "2023-10-16T23:59:59.000Z",
      "aws.firewall.tls.fingerprint": "34:36:32",
      "aws.firewall.rule_metadata.my key": ["a"],
      "aws.firewall.app_proto": "failed",
    });
  });

  // "Logging for TLS inspection" in the AWS Network Firewall Developer Guide.
  it("takes what TLS inspection reports, with its time as a number", () => {
    const record = {
      ...{ firewall_name: "test-firewall", availability_zone: "us-east-1d", event_timestamp: 1721849698 },
      event: {
        ...{ timestamp: "2024-07-24T19:34:58.337042Z", src_ip: "10.0.2.22", src_port: "44798" },
        ...{ dest_ip: "91.212.12.80", dest_port: "444", sni: "test.com" },
        tls_error: { error_message: "SNI: test.com Match Failed to server certificate names: a/b " },
      },
    };
    const common = { "event.kind": "event", "event.outcome": "failure", "source.port": 44798, "destination.port": 444 };
    expect(fieldsOf(record)).toMatchObject({
      ...common,
      "event.start": "2024-07-24T19:34:58.337Z",
      "destination.domain": "test.com",
      "tls.client.server_name": "test.com",
      "aws.firewall.event_timestamp": 1721849698,
      "aws.firewall.tls_error.error_message": "SNI: test.com Match Failed to server certificate names: a/b ",
    });
    const { tls_error: _, ...event } = record.event;
    const revocation_check = { leaf_cert_fpr: "1234567890EXAMPLE0", status: "REVOKED", action: "DROP" };
    const revoked = fieldsOf({ ...record, event: { ...event, sni: "-", revocation_check } });
    expect(revoked).toMatchObject({ ...common, "aws.firewall.revocation_check.status": "REVOKED" });
    expect(revoked).not.toHaveProperty(["tls.client.server_name"]);
  });

  it("keeps the digits of a flow's id", () => {
    const message = JSON.stringify(ALERT).replace("706471429191862", "18446744073709551615");
    expect(fieldsOf(message)).toMatchObject({ "aws.firewall.flow.id": "18446744073709551615" });
  });

  it("leaves members of another type where AWS has them", () => {
    const wrong = {
      src_port: [1],
      proto: 6,
      alert: "x",
      netflow: "y",
      tcp: { tcp_flags: 27 },
      http: { url: 1 },
      flow: "z",
    };
    expect(fieldsOf({ ...ALERT, event: { ...ALERT.event, ...wrong, timestamp: "now" } })).toMatchObject({
      "aws.firewall.src_port": [1],
      "aws.firewall.proto": 6,
      "aws.firewall.alert": "x",
      "aws.firewall.netflow": "y",
      "aws.firewall.tcp.tcp_flags": 27,
      "aws.firewall.http.url": 1,
      "aws.firewall.additional_fields.flow": "z",
      "aws.firewall.timestamp": "now",
    });
  });

  it("takes no other object", () => {
    const { firewall_name: _, ...withoutName } = ALERT;
    for (const record of [{}, withoutName, { ...ALERT, event: "x" }, { ...ALERT, event_timestamp: {} }, [ALERT]]) {
      expect(fieldsOf(record)).toBeUndefined();
    }
    expect(parseNetworkFirewall("firewall_name")).toBeUndefined();
  });

  it("does not throw, whatever the values", () => {
    const names = fc.constantFrom(...Object.keys(ALERT.event), "netflow", "tcp", "tls", "sni", "__proto__", "flow");
    const event = fc.dictionary(
      fc.oneof(names, fc.string()),
      fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue())),
    );
    fc.assert(
      fc.property(event, (members) => {
        expect(parseNetworkFirewall(JSON.stringify({ ...ALERT, event: members }))).toBeDefined();
      }),
    );
  });
});
