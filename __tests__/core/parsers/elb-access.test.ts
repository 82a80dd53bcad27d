import { parseElbAccess } from "../../../core/parsers/elb-access";
import { parsedFlat } from "../../support/flat-fields";

const fieldsOf = (line: string) => parsedFlat(parseElbAccess, line)?.fields;

describe("a Classic Load Balancer's access log", () => {
  // "Access logs for your Classic Load Balancer" in its user guide, Examples.
  const HTTP =
    '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.38.0" DHE-RSA-AES128-SHA TLSv1.2';
  const TCP =
    '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.001069 0.000028 0.000041 - - 82 305 "- - - " "-" - -';
  const BOTH = {
    "event.dataset": "aws.elb_access",
    "event.start": "2015-05-13T23:39:43.945958Z",
    "source.address": "192.168.131.39",
    "source.ip": "192.168.131.39",
    "source.port": 2817,
    "aws.elb.name": "my-loadbalancer",
    "aws.elb.backend.ip": "10.0.0.1",
    "aws.elb.backend.port": 80,
  };

  it("has each field of an HTTPS listener where ECS or Elastic's integration has it", () => {
    expect(fieldsOf(HTTP)).toEqual({
      ...BOTH,
      "event.outcome": "success",
      "http.request.method": "GET",
      "http.request.body.bytes": 0,
      "http.response.body.bytes": 57,
      "http.response.status_code": 200,
      "http.version": "1.1",
      "url.original": "https://www.example.com:443/",
      "url.scheme": "https",
      "url.domain": "www.example.com",
      "url.port": 443,
      "url.path": "/",
      "user_agent.original": "curl/7.38.0",
      "tls.cipher": "DHE-RSA-AES128-SHA",
      "tls.version": "1.2",
      "tls.version_protocol": "tls",
      "aws.elb.backend.http.response.status_code": 200,
      "aws.elb.request_processing_time.sec": 0.000086,
      "aws.elb.backend_processing_time.sec": 0.001048,
      "aws.elb.response_processing_time.sec": 0.001337,
      "aws.elb.ssl_cipher": "DHE-RSA-AES128-SHA",
      "aws.elb.ssl_protocol": "TLSv1.2",
    });
  });

  it("has the bytes of a TCP listener, and nothing of HTTP", () => {
    expect(fieldsOf(TCP)).toEqual({
      ...BOTH,
      "source.bytes": 82,
      "destination.bytes": 305,
      "aws.elb.request_processing_time.sec": 0.001069,
      "aws.elb.backend_processing_time.sec": 0.000028,
      "aws.elb.response_processing_time.sec": 0.000041,
    });
  });

  it("may end after the request, and have no backend", () => {
    const old = HTTP.replace("10.0.0.1:80", "-").replace(/ "curl.*$/, "");
    expect(fieldsOf(old)).toMatchObject({ "url.path": "/", "http.response.body.bytes": 57 });
    expect(fieldsOf(old)).not.toHaveProperty(["aws.elb.backend.ip"]);
  });

  it("keeps a client's quotes as they are written", () => {
    // awslabs/athena-glue-service-logs #3.
    const line = String.raw`2018-12-13T15:16:57.132252Z elb-name 93.113.124.199:44444 10.25.30.166:80 0.000048 0.000504 0.000025 301 301 0 178 "GET http://10.25.25.42:80/ HTTP/1.0" "\"nlpproject.info research\"" - -`;
    expect(fieldsOf(line)).toMatchObject({
      "user_agent.original": String.raw`\"nlpproject.info research\"`,
      "http.response.body.bytes": 178,
    });
  });
});
