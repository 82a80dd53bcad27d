import { memberOf } from "../json/object";
import { exactObject } from "./exact-json";
import { putField } from "./field-path";
import { asWord } from "./field-values";
import {
  asBoolean,
  asObjects,
  type PutMember,
  scalar,
  to,
  toAddress,
  toEach,
  toMembers,
  toTlsVersion,
} from "./json-members";
import type { DescribedParser } from "./line-description";
import { asIsoTime, readIsoTime } from "./line-times";
import type { ObjectDescription } from "./object-description";
import { constantFields, describedObject, hasNeeds } from "./object-parser";
import type { FieldTree } from "./parsed-message";
import { withStep } from "./span-step";

/** `20131102T010628Z`, as older events have it beside `2013-11-02T01:06:28Z`. */
const BASIC_TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

const asCreation = withStep(
  (text: string) => asIsoTime(text.replace(BASIC_TIME, "$1-$2-$3T$4:$5:$6Z")),
  asIsoTime.step,
);

const OWN = "aws.cloudtrail";
const USER = `${OWN}.user_identity`;
const SESSION = `${USER}.session_context`;
const ISSUER = `${SESSION}.session_issuer`;

const USER_NAME = "userIdentity.userName";
const putUserName = to("user.name");

const SESSION_CONTEXT = toMembers(SESSION, {
  sessionIssuer: toMembers(ISSUER, { userName: to(`${ISSUER}.user_name`) }),
  attributes: toMembers(SESSION, { creationDate: to(`${SESSION}.creation_date`, scalar(asCreation)) }),
  webIdFederationData: to(`${SESSION}.web_id_federation_data`, asObjects),
});

/** Of a call that did not succeed. */
const toError = (name: string) => toEach(to(`${OWN}.${name}`), to("event.outcome", scalar(asWord([], "failure"))));

const RESPONSE = `${OWN}.response_elements`;
const putResponse = to(RESPONSE, asObjects);

/** Of a failed sign-in there is no code: "AWS Management Console sign-in events". */
const toResponse: PutMember = Object.assign(
  (value: unknown, fields: FieldTree) => {
    if (memberOf(value, "ConsoleLogin") === "Failure") putField(fields, ["event", "outcome"], "failure");
    return putResponse(value, fields);
  },
  {
    described: {
      kind: "objects",
      path: RESPONSE,
      first: { member: '"ConsoleLogin":"Failure"', path: "event.outcome", value: "failure" },
    } as const,
  },
);

/**
 * Members of an event: "CloudTrail record contents for management, data, and network activity events" and "CloudTrail userIdentity
 * element" in the CloudTrail User Guide. What a call was given and returned has the names of each API, so it stays as it is.
 */
const putEvent = toMembers(
  OWN,
  {
    userIdentity: toMembers(USER, {
      userName: putUserName,
      principalId: to("user.id"),
      sessionContext: SESSION_CONTEXT,
    }),
    eventTime: to("event.end", scalar(asIsoTime)),
    eventSource: to("event.provider"),
    eventName: to("event.action"),
    eventID: to("event.id"),
    sourceIPAddress: toAddress("source"),
    userAgent: to("user_agent.original"),
    errorCode: toError("error_code"),
    errorMessage: toError("error_message"),
    readOnly: to(`${OWN}.read_only`, scalar(asBoolean)),
    managementEvent: to(`${OWN}.management_event`, scalar(asBoolean)),
    requestParameters: to(`${OWN}.request_parameters`, asObjects),
    responseElements: toResponse,
    additionalEventData: to(`${OWN}.additional_event_data`, asObjects),
    serviceEventDetails: to(`${OWN}.service_event_details`, asObjects),
    insightDetails: to(`${OWN}.insight_details`, asObjects),
    eventContext: to(`${OWN}.event_context`, asObjects),
    tlsDetails: toMembers(`${OWN}.tls_details`, {
      tlsVersion: toTlsVersion,
      cipherSuite: to("tls.cipher"),
      clientProvidedHostHeader: to("tls.client.server_name"),
    }),
  },
  { later: [{ path: "user.name", from: `${ISSUER}.user_name`, lacking: USER_NAME }] },
);

/** A role has no name of its own but that of its session's issuer. */
const ROLE_NAME = "userIdentity.sessionContext.sessionIssuer.userName";

/** What every event has; of the events of other services that look alike, those of S3 have no id, and those of streams no time. */
const NEEDS = { eventVersion: "text", eventTime: "text", eventID: "text", awsRegion: "text" } as const;

const DESCRIPTION: ObjectDescription = {
  members: putEvent.described.members,
  constants: [
    ["event.dataset", "aws.cloudtrail"],
    ["event.outcome", "success"],
  ],
  needs: NEEDS,
  time: "event.end",
};

/** An event of CloudTrail, as the service sends it to CloudWatch Logs. */
export const parseCloudtrail: DescribedParser = describedObject(DESCRIPTION, (message) => {
  const event = message.includes('"eventVersion"') ? exactObject(message) : undefined;
  if (!event || !hasNeeds(event, NEEDS)) return undefined;
  const fields = constantFields(DESCRIPTION);
  putEvent(event, fields);
  if ((memberOf(event, USER_NAME) ?? undefined) === undefined) putUserName(memberOf(event, ROLE_NAME), fields);
  const time = readIsoTime(String(event.eventTime));
  return { fields, isJson: true, ...(time !== undefined && { time }) };
});
