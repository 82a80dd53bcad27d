import fc from "fast-check";
import { parseS3Access } from "../../../core/parsers/s3-access";
import { flatFields } from "../../support/flat-fields";

const fieldsOf = (line: string) => {
  const parsed = parseS3Access(line);
  return parsed && flatFields(parsed.fields);
};

const OWNER = "36c1f05b76016b78528454e6e0c60e2b7ff7aa20c0a5e4c748276e5b0a2debd2";
const ROLE = "arn:aws:sts::123456:assumed-role/AWSServiceRoleForTrustedAdvisor/TrustedAdvisor_627959692251_784ab70b";
const AGENT = "AWS-Support-TrustedAdvisor, aws-internal/3 aws-sdk-java/1.11.590";

/** Elastic's integration `aws`, data_stream/s3access/_dev/test/pipeline/test-s3-server-access.log, its texts shortened. */
const HEAD = `${OWNER} test-s3-ks [01/Aug/2019:00:24:43 +0000] 89.160.20.156 ${ROLE} 4DD6D17D1C5C401C REST.GET.BUCKET -`;
const REQUEST = "GET /test-s3-ks/?max-keys=0&encoding-type=url HTTP/1.1";
const TAIL =
  "- KzvchfojYQnuFC4PABYVJVxIlv/f6r17LRaTSvw7x+bxj4PkkPKT1kX9x8wbqtq40iD4PC881iE= SigV4 ECDHE-RSA-AES128-SHA AuthHeader s3.ap-southeast-1.amazonaws.com TLSv1.2";
const line = (request: string, referrer: string, agent: string, tail = TAIL) =>
  `${HEAD} "${request}" 200 - 265 - 2 1 "${referrer}" "${agent}" ${tail}`;

const FIELDS = {
  "event.dataset": "aws.s3_access",
  "event.start": "2019-08-01T00:24:43.000Z",
  "event.duration": 2_000_000,
  "event.outcome": "success",
  "event.action": "REST.GET.BUCKET",
  "event.id": "4DD6D17D1C5C401C",
  "source.address": "89.160.20.156",
  "source.ip": "89.160.20.156",
  "client.user.id": ROLE,
  "http.request.method": "GET",
  "http.response.status_code": 200,
  "http.response.body.bytes": 265,
  "http.version": "1.1",
  "url.original": "/test-s3-ks/?max-keys=0&encoding-type=url",
  "url.path": "/test-s3-ks/",
  "url.query": "max-keys=0&encoding-type=url",
  "user_agent.original": AGENT,
  "tls.cipher": "ECDHE-RSA-AES128-SHA",
  "tls.version": "1.2",
  "tls.version_protocol": "tls",
  "aws.s3access.bucket_owner": OWNER,
  "aws.s3access.bucket": "test-s3-ks",
  "aws.s3access.remote_ip": "89.160.20.156",
  "aws.s3access.requester": ROLE,
  "aws.s3access.request_id": "4DD6D17D1C5C401C",
  "aws.s3access.operation": "REST.GET.BUCKET",
  "aws.s3access.request_uri": REQUEST,
  "aws.s3access.http_status": 200,
  "aws.s3access.bytes_sent": 265,
  "aws.s3access.total_time": 2,
  "aws.s3access.turn_around_time": 1,
  "aws.s3access.user_agent": AGENT,
  "aws.s3access.host_id": "KzvchfojYQnuFC4PABYVJVxIlv/f6r17LRaTSvw7x+bxj4PkkPKT1kX9x8wbqtq40iD4PC881iE=",
  "aws.s3access.signature_version": "SigV4",
  "aws.s3access.cipher_suite": "ECDHE-RSA-AES128-SHA",
  "aws.s3access.authentication_type": "AuthHeader",
  "aws.s3access.host_header": "s3.ap-southeast-1.amazonaws.com",
  "aws.s3access.tls_version": "TLSv1.2",
};

describe("S3's server access log", () => {
  it("has each field where ECS or Elastic's integration has it", () => {
    expect(fieldsOf(line(REQUEST, "-", AGENT))).toEqual(FIELDS);
    expect(parseS3Access(line(REQUEST, "-", AGENT))?.time).toBe(Date.UTC(2019, 7, 1, 0, 24, 43));
  });

  it("has the fields that were added since, and keeps later ones", () => {
    const arn = "arn:aws:s3:us-west-1:123456789012:accesspoint/example-AP";
    expect(fieldsOf(line(REQUEST, "http://a.example/", AGENT, `${TAIL} ${arn} Yes us-east-1 - later`))).toEqual({
      ...FIELDS,
      "http.request.referrer": "http://a.example/",
      "aws.s3access.referrer": "http://a.example/",
      "aws.s3access.access_point_arn": arn,
      "aws.s3access.aclrequired": "Yes",
      "aws.s3access.source_region": "us-east-1",
      "aws.s3access.additional_fields": ["later"],
    });
  });

  // Elastic's test lines, their texts shortened.
  it.each([
    [
      "a batch's deletion, which has no request",
      `${OWNER} b [10/Sep/2019:15:11:07 +0000] 89.160.20.156 arn:aws:iam::123456:user/test@elastic.co 8CD7A4A71E2E5C9E BATCH.DELETE.OBJECT jolokia-war-1.5.0.war - 204 - - 344017 - - - - - IeDW5I3w= SigV4 ECDHE-RSA-AES128-SHA AuthHeader s3.eu-central-1.amazonaws.com TLSv1.2`,
      {
        "aws.s3access.key": "jolokia-war-1.5.0.war",
        "aws.s3access.object_size": 344017,
        "aws.s3access.host_id": "IeDW5I3w=",
      },
      ["url.original", "user_agent.original", "aws.s3access.version_id"],
    ],
    [
      "a rule of lifecycle, which has a quoted dash",
      `${OWNER} b [25/Mar/2025:19:28:02 +0000] - AmazonS3 366DB3C4B325AB11 S3.EXPIRE.OBJECT 0/chum/flags.sst "-" - - - 317 - - "-" "-" qsEq9bDa2VyxyZ4cz0c7oBnF67VYTTij DMlPb9al4CvV/B - - - - - - -`,
      {
        "event.action": "S3.EXPIRE.OBJECT",
        "aws.s3access.version_id": "qsEq9bDa2VyxyZ4cz0c7oBnF67VYTTij",
        "aws.s3access.host_id": "DMlPb9al4CvV/B",
      },
      ["source.address", "aws.s3access.request_uri", "http.response.status_code"],
    ],
    [
      "a request of a service of AWS's",
      `${OWNER} b [14/Jul/2021:18:57:31 +0000] - svc:delivery.logs.amazonaws.com MVGXZXEVN3IG9S24 REST.PUT.OBJECT AWSLogs/0/a.log.gz "PUT /AWSLogs/0/a.log.gz HTTP/1.1" - - - 773 103 13 "-" "-" - 02SxwfXpO5UysN= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader b.s3.us-gov-west-1.amazonaws.com TLSv1.2 arn:aws:s3:us-west-1:123456789012:accesspoint/example-AP -`,
      {
        "client.user.id": "svc:delivery.logs.amazonaws.com",
        "http.request.method": "PUT",
        "event.duration": 103_000_000,
      },
      ["source.address", "http.response.status_code", "aws.s3access.aclrequired"],
    ],
  ])("has %s", (_, text, expected, absent) => {
    const fields = fieldsOf(text);
    expect(fields).toMatchObject(expected);
    expect(Object.keys(fields ?? {}).filter((name) => absent.includes(name))).toEqual([]);
  });

  it("has a request without a version, and texts in quotes beside one that is a dash", () => {
    // The same page, "Additional logging for copy operations".
    const copied = line("GET /awsexamplebucket1/photos/2019/08/puppy.jpg?x-foo=bar", "-", AGENT);
    expect(fieldsOf(copied)).toMatchObject({
      "url.path": "/awsexamplebucket1/photos/2019/08/puppy.jpg",
      "url.query": "x-foo=bar",
      "http.response.status_code": 200,
    });
    const withoutReferrer = line(REQUEST, "", AGENT).replace('"" "', '- "');
    expect(fieldsOf(withoutReferrer)).toEqual(FIELDS);
    const forged = line(REQUEST, "-", 'a HTTP/1.1" 404 b').replace(`"${REQUEST}"`, '"-"');
    expect(fieldsOf(forged)).toMatchObject({
      "http.response.status_code": 200,
      "user_agent.original": 'a HTTP/1.1" 404 b',
    });
  });

  it("says that a request failed by its error code", () => {
    // "Amazon S3 server access log format", third example.
    const failed = line("GET /awsexamplebucket1?policy HTTP/1.1", "-", "S3Console/0.4").replace(
      "200 -",
      "404 NoSuchBucketPolicy",
    );
    expect(fieldsOf(failed)).toMatchObject({
      "event.outcome": "failure",
      "event.code": "NoSuchBucketPolicy",
      "aws.s3access.http_status": 404,
    });
  });

  it("lets no client change other fields by quotes", () => {
    const injected = 'a" 404 NoSuchKey 1 2 3 4 "b" "c" - forged SigV2 x y z TLSv1 "d';
    const {
      "user_agent.original": agent,
      "aws.s3access.user_agent": _,
      ...others
    } = fieldsOf(line(REQUEST, "-", injected))!;
    expect(agent).toBe(injected);
    const { "user_agent.original": __, "aws.s3access.user_agent": ___, ...expected } = FIELDS;
    expect(others).toEqual(expected);
    expect(fieldsOf(line('GET /a" 404 x HTTP/1.1', "-", AGENT))).toMatchObject({
      "url.original": '/a" 404 x',
      "http.response.status_code": 200,
    });
  });

  it("has the same fields around whatever a client sends", () => {
    const text = fc.string({ unit: fc.constantFrom('"', " ", "-", "a", "\\", "[", "4"), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (referrer, agent) => {
        const fields = fieldsOf(line(REQUEST, referrer, agent));
        for (const name of [
          "aws.s3access.host_id",
          "aws.s3access.tls_version",
          "url.original",
          "event.duration",
        ] as const) {
          expect(fields?.[name]).toBe(FIELDS[name]);
        }
      }),
    );
  });

  it("takes the JSON form of CloudWatch Logs, without its nulls", () => {
    // "Log format in CloudWatch Logs" in the user guide has names and types, and no example.
    const record = {
      ...{ schema_version_id: "V_1_0", bucket_arn: "arn:aws:s3:::test-s3-ks", bucket_name: "test-s3-ks" },
      ...{
        request_time: "2019-08-01T00:24:43.125Z",
        bucket_owner_id: OWNER,
        remote_ip: "89.160.20.156",
        requester: ROLE,
      },
      ...{ request_id: "4DD6D17D1C5C401C", operation: "REST.GET.BUCKET", key_name: null, request_uri: REQUEST },
      ...{ http_status: 200, error_code: null, bytes_sent_size: 265, object_size: null, total_duration: 2 },
      ...{ turn_around_duration: 1, referer: null, user_agent: AGENT, version_id: null },
      ...{ host_id: FIELDS["aws.s3access.host_id"], signature_version: "SigV4", cipher_suite: "ECDHE-RSA-AES128-SHA" },
      ...{ authentication_type: "AuthHeader", host_header: "s3.ap-southeast-1.amazonaws.com", tls_version: "TLSv1.2" },
      ...{ access_point_arn: null, acl_required: null, source_region: null },
    };
    expect(fieldsOf(JSON.stringify(record))).toEqual({
      ...FIELDS,
      "event.start": "2019-08-01T00:24:43.125Z",
      "aws.s3access.schema_version_id": "V_1_0",
      "aws.s3access.bucket_arn": "arn:aws:s3:::test-s3-ks",
    });
  });

  it.each([
    HEAD,
    HEAD.replace("01/Aug", "31/Feb"),
    '{"schema_version_id":"V_1_0","bucket_arn":"arn:aws:s3:::b"}',
    '{"request_time":"2019-08-01T00:24:43.125Z","operation":"REST.GET.BUCKET"}',
    "",
  ])("leaves other messages alone: %s", (message) => {
    expect(parseS3Access(message)).toBeUndefined();
  });

  it.each(["a ", '"', ' HTTP/1.1"', '" ', "1 ", "[", "A."])("reads a megabyte of %j without delay", (text) => {
    const long = text.repeat(1_000_000 / text.length);
    // A jest time-out of 5 s is far below what quadratic time takes: minutes.
    for (const message of [long, `${HEAD} ${long}`, `${HEAD} "${long}`, line(REQUEST, long, long)])
      parseS3Access(message);
  });
});
