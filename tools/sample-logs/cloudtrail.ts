import type { Random } from "../random";
import type { Format } from "./format";
import { ACCOUNT, base64, hex, ipv4, isoSeconds, REGION, upper, userAgent, uuid } from "./values";

interface Call {
  readonly service: string;
  readonly name: string;
  readonly readOnly: boolean;
  /** Fields of this call: requestParameters, responseElements, errorCode, resources … */
  fields(random: Random): Readonly<Record<string, unknown>>;
}

const bucketOf = (random: Random) => `shop-${random.pick(["assets", "exports", "logs"])}-${ACCOUNT}`;
const roleArn = `arn:aws:iam::${ACCOUNT}:role/shop-deployment`;

function s3Call(name: string, sub: string, error?: readonly [code: string, message: string]): Call {
  return {
    ...{ service: "s3", name, readOnly: true },
    fields(random) {
      const bucketName = bucketOf(random);
      return {
        ...(error && { errorCode: error[0], errorMessage: error[1] }),
        requestParameters: { bucketName, Host: `${bucketName}.s3.${REGION}.amazonaws.com`, [sub]: "" },
        responseElements: null,
        additionalEventData: {
          SignatureVersion: "SigV4",
          CipherSuite: "TLS_AES_128_GCM_SHA256",
          bytesTransferredIn: 0,
          AuthenticationMethod: "AuthHeader",
          "x-amz-id-2": base64(random, 56),
          bytesTransferredOut: random.integer(200, 900),
        },
        resources: [{ accountId: ACCOUNT, type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucketName}` }],
      };
    },
  };
}

const CALLS: readonly Call[] = [
  s3Call("GetBucketAcl", "acl"),
  s3Call("GetBucketPolicy", "policy", ["NoSuchBucketPolicy", "The bucket policy does not exist"]),
  s3Call("GetBucketCors", "cors", ["NoSuchCORSConfiguration", "The CORS configuration does not exist"]),
  {
    ...{ service: "sts", name: "AssumeRole", readOnly: true },
    fields: (random) => ({
      requestParameters: { roleArn, roleSessionName: `deploy-${random.integer(1, 999)}`, durationSeconds: 3600 },
      responseElements: {
        credentials: {
          accessKeyId: `ASIA${upper(random, 16)}`,
          expiration: "Nov 21, 2026 4:00:00 AM",
          sessionToken: base64(random, 500),
        },
        assumedRoleUser: { assumedRoleId: `AROA${upper(random, 17)}:deploy`, arn: roleArn },
      },
      resources: [{ accountId: ACCOUNT, type: "AWS::IAM::Role", ARN: roleArn }],
    }),
  },
  {
    ...{ service: "ec2", name: "DescribeInstances", readOnly: true },
    fields: (random) => ({
      requestParameters: {
        maxResults: 1000,
        instancesSet: { items: [{ instanceId: `i-0${hex(random, 16)}` }] },
        filterSet: { items: [{ name: "tag:Name", valueSet: { items: [{ value: 'b\u00fcro "west"' }] } }] },
      },
      responseElements: null,
    }),
  },
  {
    ...{ service: "iam", name: "PutRolePolicy", readOnly: false },
    fields: (random) => ({
      requestParameters: {
        roleName: "shop-deployment",
        policyName: "inline",
        policyDocument: JSON.stringify(
          { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: bucketOf(random) }] },
          null,
          2,
        ),
      },
      responseElements: null,
    }),
  },
  {
    ...{ service: "signin", name: "ConsoleLogin", readOnly: false },
    fields: (random) => ({
      requestParameters: null,
      responseElements: { ConsoleLogin: random.pick(["Success", "Failure"]) },
      additionalEventData: {
        LoginTo: "https://console.aws.amazon.com/console/home",
        MFAUsed: random.pick(["Yes", "No"]),
      },
    }),
  },
];

/** Callers. */
const IDENTITIES: readonly ((random: Random, time: Date) => object)[] = [
  () => ({ type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" }),
  (random) => ({
    ...{ type: "IAMUser", principalId: `AIDA${upper(random, 17)}`, arn: `arn:aws:iam::${ACCOUNT}:user/alice` },
    ...{ accountId: ACCOUNT, accessKeyId: `AKIA${upper(random, 16)}`, userName: "alice" },
  }),
  (random, time) => ({
    ...{ type: "AssumedRole", principalId: `AROA${upper(random, 17)}:deploy`, arn: roleArn },
    ...{ accountId: ACCOUNT, accessKeyId: `ASIA${upper(random, 16)}` },
    sessionContext: {
      sessionIssuer: { type: "Role", principalId: `AROA${upper(random, 17)}`, arn: roleArn, accountId: ACCOUNT },
      webIdFederationData: {},
      attributes: { creationDate: isoSeconds(time), mfaAuthenticated: "false" },
    },
  }),
];

/** Source: AWS CloudTrail User Guide, "CloudTrail record contents for management, data, and network activity events". */
export const cloudtrail: Format = {
  line({ random, time }) {
    const { service, name, readOnly, fields } = random.pick(CALLS);
    return JSON.stringify({
      eventVersion: "1.11",
      userIdentity: random.pick(IDENTITIES)(random, time),
      eventTime: isoSeconds(time),
      eventSource: `${service}.amazonaws.com`,
      eventName: name,
      awsRegion: REGION,
      sourceIPAddress: ipv4(random),
      userAgent: random.chance(0.5) ? userAgent(random) : "aws-cli/2.19.1 md/Botocore#1.35.5 os/linux",
      ...fields(random),
      requestID: uuid(random),
      eventID: uuid(random),
      readOnly,
      eventType: service === "signin" ? "AwsConsoleSignIn" : "AwsApiCall",
      managementEvent: true,
      recipientAccountId: ACCOUNT,
      eventCategory: "Management",
      tlsDetails: {
        tlsVersion: "TLSv1.3",
        cipherSuite: "TLS_AES_128_GCM_SHA256",
        clientProvidedHostHeader: `${service}.${REGION}.amazonaws.com`,
      },
    });
  },
};
