import fc from "fast-check";
import { sign } from "../../../core/http/sign";
import { signatureError, signatureOf } from "../../support/sigv4";

/** AWS's Signature Version 4 test suite. */
const SUITE = {
  target: { origin: "https://example.amazonaws.com", service: "service", region: "us-east-1" },
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  date: new Date("2015-08-30T12:36:00Z"),
};

/** Amazon S3 API Reference, "Examples: Signature Calculations in AWS Signature Version 4". */
const S3 = {
  target: { origin: "https://examplebucket.s3.amazonaws.com", service: "s3", region: "us-east-1" },
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
  date: new Date("2013-05-24T00:00:00Z"),
};

const EMPTY = Buffer.alloc(0);
const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("sign, against AWS's published vectors", () => {
  it.each([
    ["get-vanilla", SUITE, "GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
    ["post-vanilla", SUITE, "POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
    [
      ...(["get-vanilla-query-order-key-case", SUITE, "GET", "/?Param2=value2&Param1=value1"] as const),
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ],
    [
      "GET bucket lifecycle",
      S3,
      "GET",
      "/?lifecycle",
      "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    ],
    [
      ...(["GET bucket (list objects)", S3, "GET", "/?max-keys=2&prefix=J"] as const),
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ],
  ] as const)("signs %s", (_, { target, credentials, date }, method, path, signature) => {
    const { Authorization } = sign({ method, path, headers: {}, body: EMPTY }, target, credentials, date);
    expect(Authorization).toMatch(new RegExp(`, Signature=${signature}$`));
  });
});

describe("the tests' own signature, against AWS's published vectors", () => {
  const s3Headers = { host: "examplebucket.s3.amazonaws.com", "x-amz-date": "20130524T000000Z" };
  const text = Buffer.from("Welcome to Amazon S3.");

  it.each([
    [
      "get-vanilla",
      {
        method: "GET",
        target: "/",
        headers: { host: "example.amazonaws.com", "x-amz-date": "20150830T123600Z" },
        body: EMPTY,
      },
      ["host;x-amz-date", "20150830/us-east-1/service/aws4_request", SUITE.credentials.secretAccessKey],
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ],
    [
      "GET object",
      {
        ...{ method: "GET", target: "/test.txt", body: EMPTY },
        headers: { ...s3Headers, range: "bytes=0-9", "x-amz-content-sha256": EMPTY_SHA256 },
      },
      [
        "host;range;x-amz-content-sha256;x-amz-date",
        "20130524/us-east-1/s3/aws4_request",
        S3.credentials.secretAccessKey,
      ],
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ],
    [
      "PUT object",
      {
        ...{ method: "PUT", target: "/test$file.text", body: text },
        headers: {
          ...s3Headers,
          date: "Fri, 24 May 2013 00:00:00 GMT",
          "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
          "x-amz-storage-class": "REDUCED_REDUNDANCY",
        },
      },
      [
        "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
        ...["20130524/us-east-1/s3/aws4_request", S3.credentials.secretAccessKey],
      ],
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    ],
  ] as const)("signs %s", (_, request, [signed, scope, secret], signature) => {
    expect(signatureOf(request, signed, scope, secret)).toBe(signature);
  });
});

describe("sign", () => {
  const path = fc
    .array(fc.stringMatching(/^[A-Za-z0-9._~=-]{1,20}$/), { minLength: 1, maxLength: 4 })
    .map((segments) => `/${segments.join("/")}`)
    .filter((path) => !/\/\.{1,2}(\/|$)/.test(path));
  const query = fc.constantFrom("", "?filter_path=items.%2A.status%2Citems.%2A.error", "?b=2&a=1%20%2F", "?lifecycle=");

  it("satisfies a server that computes the signature anew, for any request to the search endpoint or to S3", () => {
    const request = fc.record({
      method: fc.constantFrom("GET" as const, "POST" as const, "PUT" as const),
      path: fc.tuple(path, query).map((parts) => parts.join("")),
      headers: fc.dictionary(fc.stringMatching(/^x-amz-meta-[a-z]{1,9}$/), fc.stringMatching(/^[!-~]( {0,3}[!-~]+)*$/)),
      body: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(request, fc.constantFrom("es", "s3"), fc.boolean(), (given, service, temporary) => {
        const target = { origin: "http://127.0.0.1:9200", service, region: "eu-central-1" };
        const credentials = { ...SUITE.credentials, ...(temporary && { sessionToken: "token==" }) };
        const signed = sign(given, target, credentials);
        const headers = Object.fromEntries(
          Object.entries(signed).map(([name, value]) => [name.toLowerCase(), String(value)]),
        );
        expect(headers["x-amz-security-token"]).toBe(credentials.sessionToken);
        const wire = { method: given.method, target: given.path, headers, body: given.body };
        expect(signatureError(wire, { ...credentials, ...target })).toBeUndefined();
        const forged = { ...wire, body: Buffer.concat([given.body, Buffer.from("!")]) };
        expect(signatureError(forged, { ...credentials, ...target })).toBeDefined();
      }),
    );
  });
});
