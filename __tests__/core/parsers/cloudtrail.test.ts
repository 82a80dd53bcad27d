import fc from "fast-check";
import { parseCloudtrail } from "../../../core/parsers/cloudtrail";
import { type FieldTree, NumberText } from "../../../core/parsers/parsed-message";
import { realFiles } from "../../support/corpus";
import { flatFields } from "../../support/flat-fields";
import { skippedUnless } from "../../support/skipped";

const fieldsOf = (event: object | string) => {
  const parsed = parseCloudtrail(typeof event === "string" ? event : JSON.stringify(event));
  return parsed && flatFields(parsed.fields);
};

/** "ConsoleLogin" of Elastic's integration (packages/aws, data_stream/cloudtrail, test-console-login-json.log). */
const SIGN_IN = {
  eventVersion: "1.05",
  userIdentity: {
    ...{ type: "AssumedRole", principalId: "AROAIDPPEZS35WEXAMPLE:AssumedRoleSessionName" },
    ...{ arn: "arn:aws:sts::123456789012:assumed-role/RoleToBeAssumed/MySessionName", accountId: "123456789012" },
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    sessionContext: {
      attributes: { mfaAuthenticated: "false", creationDate: "20131102T010628Z" },
      sessionIssuer: {
        ...{ type: "Role", principalId: "AROAIDPPEZS35WEXAMPLE", accountId: "123456789012" },
        ...{ arn: "arn:aws:iam::123456789012:role/RoleToBeAssumed", userName: "RoleToBeAssumed" },
      },
    },
  },
  ...{ eventTime: "2014-07-08T17:35:27Z", eventSource: "signin.amazonaws.com", eventName: "ConsoleLogin" },
  ...{ awsRegion: "us-east-2", sourceIPAddress: "89.160.20.156" },
  userAgent: "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:24.0) Gecko/20100101 Firefox/24.0",
  ...{ errorMessage: "Failed authentication", requestParameters: null, responseElements: { ConsoleLogin: "Failure" } },
  additionalEventData: { MobileVersion: "No", LoginTo: "https://console.aws.amazon.com/sns", MFAUsed: "No" },
  eventID: "11ea990b-4678-4bcd-8fbe-625EXAMPLE",
};

describe("parseCloudtrail", () => {
  it("names the fields as Elastic's integration does, and the rest as CloudTrail does", () => {
    expect(fieldsOf(SIGN_IN)).toEqual({
      "event.dataset": "aws.cloudtrail",
      "event.outcome": "failure",
      "event.end": "2014-07-08T17:35:27.000Z",
      "event.provider": "signin.amazonaws.com",
      "event.action": "ConsoleLogin",
      "event.id": "11ea990b-4678-4bcd-8fbe-625EXAMPLE",
      "user.id": "AROAIDPPEZS35WEXAMPLE:AssumedRoleSessionName",
      "user.name": "RoleToBeAssumed",
      "source.address": "89.160.20.156",
      "source.ip": "89.160.20.156",
      "user_agent.original": "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:24.0) Gecko/20100101 Firefox/24.0",
      "aws.cloudtrail.event_version": "1.05",
      "aws.cloudtrail.aws_region": "us-east-2",
      "aws.cloudtrail.error_message": "Failed authentication",
      "aws.cloudtrail.response_elements.ConsoleLogin": "Failure",
      "aws.cloudtrail.additional_event_data.MobileVersion": "No",
      "aws.cloudtrail.additional_event_data.LoginTo": "https://console.aws.amazon.com/sns",
      "aws.cloudtrail.additional_event_data.MFAUsed": "No",
      "aws.cloudtrail.user_identity.type": "AssumedRole",
      "aws.cloudtrail.user_identity.arn": "arn:aws:sts::123456789012:assumed-role/RoleToBeAssumed/MySessionName",
      "aws.cloudtrail.user_identity.account_id": "123456789012",
      "aws.cloudtrail.user_identity.access_key_id": "AKIAIOSFODNN7EXAMPLE",
      "aws.cloudtrail.user_identity.session_context.mfa_authenticated": "false",
      "aws.cloudtrail.user_identity.session_context.creation_date": "2013-11-02T01:06:28.000Z",
      "aws.cloudtrail.user_identity.session_context.session_issuer.type": "Role",
      "aws.cloudtrail.user_identity.session_context.session_issuer.principal_id": "AROAIDPPEZS35WEXAMPLE",
      "aws.cloudtrail.user_identity.session_context.session_issuer.account_id": "123456789012",
      "aws.cloudtrail.user_identity.session_context.session_issuer.arn":
        "arn:aws:iam::123456789012:role/RoleToBeAssumed",
      "aws.cloudtrail.user_identity.session_context.session_issuer.user_name": "RoleToBeAssumed",
    });
    expect(parseCloudtrail(JSON.stringify(SIGN_IN))!.time).toBe(Date.parse(SIGN_IN.eventTime));
  });

  it("takes the members of newer versions, and those that CloudTrail will have", () => {
    const event = {
      ...{ ...SIGN_IN, eventVersion: "1.11", eventName: "GetObject", errorMessage: undefined, responseElements: null },
      ...{ sourceIPAddress: "AWS Internal", readOnly: true, managementEvent: "false", apiVersion: "2006-03-01" },
      ...{ sharedEventID: "535103f5", vpcEndpointId: "vpce-1", vpcEndpointAccountId: "111111111111" },
      resources: [{ accountId: "347283850106", type: "AWS::S3::Object", ARN: "arn:aws:s3:::a/b" }],
      tlsDetails: {
        tlsVersion: "TLSv1.3",
        cipherSuite: "TLS_AES_128_GCM_SHA256",
        clientProvidedHostHeader: "a.example",
      },
      eventContext: { tagContext: { principalTags: [{ "my:tag": "x" }] } },
      edgeDeviceDetails: { deviceID: "d-1" },
      serviceEventDetails: { keyId: "k-1" },
      insightDetails: { state: "Start", insightContext: { statistics: { baseline: { average: 0.5 } } } },
      someDayMFAState: { isNewHere: 1 },
    };
    expect(fieldsOf(event)).toMatchObject({
      "event.outcome": "success",
      "source.address": "AWS Internal",
      "aws.cloudtrail.read_only": true,
      "aws.cloudtrail.management_event": false,
      "aws.cloudtrail.api_version": "2006-03-01",
      "aws.cloudtrail.shared_event_id": "535103f5",
      "aws.cloudtrail.vpc_endpoint_id": "vpce-1",
      "aws.cloudtrail.vpc_endpoint_account_id": "111111111111",
      "aws.cloudtrail.resources": [{ account_id: "347283850106", type: "AWS::S3::Object", arn: "arn:aws:s3:::a/b" }],
      "tls.version": "1.3",
      "tls.version_protocol": "tls",
      "tls.cipher": "TLS_AES_128_GCM_SHA256",
      "tls.client.server_name": "a.example",
      "aws.cloudtrail.event_context.tagContext.principalTags": [{ "my:tag": "x" }],
      "aws.cloudtrail.edge_device_details.device_id": "d-1",
      "aws.cloudtrail.service_event_details.keyId": "k-1",
      "aws.cloudtrail.insight_details.insightContext.statistics.baseline.average": 0.5,
      "aws.cloudtrail.some_day_mfa_state.is_new_here": 1,
    });
    expect(fieldsOf(event)).not.toHaveProperty(["source.ip"]);
  });

  it.each([
    ["an error's code", { errorCode: "AccessDenied" }, "failure"],
    ["an error's message", { errorMessage: "no" }, "failure"],
    ["a sign-in that failed", { eventName: "ConsoleLogin", responseElements: { ConsoleLogin: "Failure" } }, "failure"],
    ["a sign-in", { eventName: "ConsoleLogin", responseElements: { ConsoleLogin: "Success" } }, "success"],
    ["no error", {}, "success"],
  ])("takes %s for an outcome", (_, members, outcome) => {
    const event = { ...SIGN_IN, errorMessage: undefined, responseElements: null, eventName: "Decrypt", ...members };
    expect(fieldsOf(event)).toMatchObject({ "event.outcome": outcome });
  });

  it("takes the name of a user, a service and a web identity as CloudTrail gives it", () => {
    const identity = (userIdentity: object) => fieldsOf({ ...SIGN_IN, userIdentity });
    expect(identity({ type: "IAMUser", userName: "Alice" })).toMatchObject({ "user.name": "Alice" });
    expect(identity({ type: "AWSService", invokedBy: "s3.amazonaws.com" })).toMatchObject({
      "aws.cloudtrail.user_identity.invoked_by": "s3.amazonaws.com",
    });
    const attributes = { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" };
    const webIdFederationData = { federatedProvider: "arn:aws:iam::1:oidc-provider/x", attributes };
    expect(identity({ type: "WebIdentityUser", sessionContext: { webIdFederationData } })).toMatchObject({
      "aws.cloudtrail.user_identity.session_context.web_id_federation_data.attributes.token.actions.githubusercontent.com:aud":
        "sts.amazonaws.com",
    });
  });

  it("keeps the digits of numbers", () => {
    const message = JSON.stringify({ ...SIGN_IN, requestParameters: { version: 0 } });
    const parsed = parseCloudtrail(message.replace('"version":0', '"version":12345678901234567890,"size":1.50'));
    expect(parsed!.fields).toMatchObject({
      aws: {
        cloudtrail: {
          request_parameters: { version: new NumberText("12345678901234567890"), size: new NumberText("1.50") },
        },
      },
    });
  });

  it("leaves members of another type where AWS has them", () => {
    const wrong = {
      userIdentity: "root",
      requestParameters: "a=b",
      responseElements: [1],
      tlsDetails: 7,
      userAgent: {},
    };
    expect(
      fieldsOf({ ...SIGN_IN, ...wrong, readOnly: "maybe", eventName: ["a"], event_version: "mine" }),
    ).toMatchObject({
      "aws.cloudtrail.userIdentity": "root",
      "aws.cloudtrail.requestParameters": "a=b",
      "aws.cloudtrail.responseElements": [1],
      "aws.cloudtrail.tlsDetails": 7,
      "aws.cloudtrail.readOnly": "maybe",
      "aws.cloudtrail.eventName": ["a"],
      "aws.cloudtrail.event_version": "1.05",
      "aws.cloudtrail.additional_fields.event_version": "mine",
    });
  });

  // The records of "Event message structure" of Amazon S3 and of "Using AWS Lambda with Amazon DynamoDB".
  it("takes no event that looks alike", () => {
    const { eventID: _, ...withoutId } = SIGN_IN;
    const s3 = {
      eventVersion: "2.1",
      eventSource: "aws:s3",
      awsRegion: "us-west-2",
      eventTime: "1970-01-01T00:00:00.000Z",
    };
    const stream = { eventID: "1", eventVersion: "1.1", eventSource: "aws:dynamodb", awsRegion: "us-west-2" };
    for (const event of [withoutId, s3, stream, { ...SIGN_IN, eventTime: 1 }, [SIGN_IN]]) {
      expect(fieldsOf(event)).toBeUndefined();
    }
    for (const text of ["", "{}", "eventVersion", '{"eventVersion":', JSON.stringify(SIGN_IN).slice(0, -1)]) {
      expect(parseCloudtrail(text)).toBeUndefined();
    }
  });

  it("does not throw, whatever the values and the names", () => {
    const name = fc.oneof(
      fc.constantFrom(...Object.keys(SIGN_IN), "__proto__", "constructor", "toString", ""),
      fc.string(),
    );
    const members = fc.dictionary(name, fc.jsonValue()).map((each) => JSON.stringify(each).slice(1));
    fc.assert(
      fc.property(members, (rest) => {
        const head = JSON.stringify({
          eventVersion: "1.11",
          eventTime: "2026-01-01T00:00:00Z",
          awsRegion: "x",
          eventID: "y",
        });
        const parsed = parseCloudtrail(`${head.slice(0, -1)},${rest}`.replace(/,}$/, "}"));
        const own = (parsed?.fields.aws as FieldTree | undefined)?.cloudtrail ?? {};
        expect(Object.getPrototypeOf(own)).toBe(Object.prototype);
      }),
    );
  });

  const lines = realFiles.find(([file]) => file.endsWith("/cloudtrail.ndjson"))?.[1];
  skippedUnless(lines !== undefined, "CORPUS_DIR with cloudtrail.ndjson").it("takes each real event", () => {
    for (const line of lines!) {
      const { eventID, eventName, sharedEventID } = JSON.parse(line);
      expect(fieldsOf(line)).toMatchObject({ "event.id": eventID, "event.action": eventName });
      if (sharedEventID) expect(fieldsOf(line)).toMatchObject({ "aws.cloudtrail.shared_event_id": sharedEventID });
    }
  });
});
