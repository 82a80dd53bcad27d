import { parseAlbConnection } from "../../../core/parsers/alb-connection";
import { parsedFlat } from "../../support/flat-fields";

const fieldsOf = (line: string) => parsedFlat(parseAlbConnection, line)?.fields;

describe("an ALB's connection log", () => {
  // Elastic's test lines, as above; names of certificates are ECS's, of which the integration has no version that was stored.
  const VERIFIED =
    '2024-10-04T17:05:15.514108Z 192.168.131.39 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z FEF257372D5C14D4 Success';

  it("has each field where ECS has it, or under AWS's name", () => {
    expect(fieldsOf(`${VERIFIED} TID_3180a73013c8ca4bac2f731159d4b0fe x25519 app/a/b 10.0.0.9`)).toEqual({
      "event.dataset": "aws.alb_connection",
      "event.end": "2024-10-04T17:05:15.514108Z",
      "event.duration": 4_036_000_000,
      "event.outcome": "success",
      "source.address": "192.168.131.39",
      "source.ip": "192.168.131.39",
      "source.port": 36280,
      "destination.port": 443,
      "tls.version": "1.2",
      "tls.version_protocol": "tls",
      "tls.cipher": "ECDHE-RSA-AES128-GCM-SHA256",
      "tls.client.subject": "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US",
      "tls.client.not_before": "2023-09-21T22:43:21Z",
      "tls.client.not_after": "2026-06-17T22:43:21Z",
      "tls.client.x509.serial_number": "FEF257372D5C14D4",
      "aws.elb.ssl_protocol": "TLSv1.2",
      "aws.elb.ssl_cipher": "ECDHE-RSA-AES128-GCM-SHA256",
      "aws.elb.tls_handshake_latency.sec": 4.036,
      "aws.elb.tls_verify_status": "Success",
      "aws.elb.conn_trace_id": "TID_3180a73013c8ca4bac2f731159d4b0fe",
      "aws.elb.tls_keyexchange": "x25519",
      "aws.elb.name": "app/a/b",
      "aws.elb.ip_address": "10.0.0.9",
    });
  });

  it("may have no certificate, no TLS and fewer fields", () => {
    const failed = VERIFIED.replace("4.036", "-").replace("Success", "Failed:ClientCertUntrusted");
    expect(fieldsOf(failed)).toMatchObject({ "event.outcome": "failure" });
    expect(fieldsOf('2024-11-29T13:45:24.599544Z 172.31.43.26 58206 80 - - - "-" - - - TID_16132ed0b4112148')).toEqual({
      "event.dataset": "aws.alb_connection",
      "event.end": "2024-11-29T13:45:24.599544Z",
      "source.address": "172.31.43.26",
      "source.ip": "172.31.43.26",
      "source.port": 58206,
      "destination.port": 80,
      "aws.elb.conn_trace_id": "TID_16132ed0b4112148",
    });
  });

  it("takes the JSON form", () => {
    const members = { time: "2024-11-29T13:45:24.599544Z", client_ip: "::1", client_port: 58206, listener_port: "80" };
    expect(fieldsOf(JSON.stringify(members))).toMatchObject({
      "source.ip": "::1",
      "source.port": 58206,
    });
  });

  it("has a client that is an address", () => {
    expect(parseAlbConnection("2024-11-29T13:45:24.599544Z localhost 58206 80 -")).toBeUndefined();
  });
});
