import { awsDenial } from "../../../core/http/aws-denial";

const ROLE = "arn:aws:sts::123456789012:assumed-role/logs-forwarder/logs-forwarder-foo";
const DOMAIN = "arn:aws:es:eu-central-1:123456789012:domain/logs/_bulk";

describe("awsDenial", () => {
  it.each([
    "User: anonymous is not authorized to perform: es:ESHttpPost",
    `User: ${ROLE} is not authorized to perform: es:ESHttpPost`,
    `User: ${ROLE} is not authorized to perform: es:ESHttpPost on resource: ${DOMAIN}`,
    `User: ${ROLE} is not authorized to perform: es:ESHttpPost because no identity-based policy allows the es:ESHttpPost action`,
    `User: ${ROLE} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/archive/a=1" with an explicit deny in a resource-based policy`,
    "The security token included in the request is expired",
    "The security token included in the request is invalid.",
    "Signature expired: 20261121T100000Z is now earlier than 20261121T100500Z (20261121T101000Z - 5 min.)",
  ])("recognizes AWS's own message: %s", (message) => {
    expect(awsDenial(message)).toBe(message);
  });

  it("leaves out all after the first line, where AWS repeats the signed request", () => {
    const first =
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key " +
      "and signing method. Consult the service documentation for details.";
    expect(awsDenial(`${first}\n\nx-amz-security-token:IQoJb3\n`)).toBe(first);
  });

  it.each([
    "a secret",
    `User: ${ROLE} is not authorized to perform: es:ESHttpPost, said {"message":"a secret"}`,
    `a secret User: ${ROLE} is not authorized to perform: es:ESHttpPost`,
    "User: a secret is not authorized to perform: es:ESHttpPost",
    `User: ${ROLE} is not authorized to perform: es:ESHttpPost on resource: a secret`,
    `User: ${ROLE.padEnd(2000, "x")} is not authorized to perform: es:ESHttpPost`,
    "",
    undefined,
    { message: "a secret" },
  ])("quotes nothing else: %j", (message) => {
    expect(awsDenial(message)).toBe("");
  });
});
