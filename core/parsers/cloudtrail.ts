import { memberOf } from "../json/object";
import { exactObject } from "./exact-json";
import type { FieldReader } from "./field-values";
import { asBoolean, asObjects, scalar, to, toAddress, toMembers, toTlsVersion } from "./json-members";
import { asIsoTime, readIsoTime } from "./line-times";
import type { FieldTree, MessageParser } from "./parsed-message";

/** `20131102T010628Z`, as older events have it beside `2013-11-02T01:06:28Z`. */
const BASIC_TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

const asCreation: FieldReader = (text) => asIsoTime(text.replace(BASIC_TIME, "$1-$2-$3T$4:$5:$6Z"));

const OWN = "aws.cloudtrail";
const USER = `${OWN}.user_identity`;
const SESSION = `${USER}.session_context`;

const putUserName = to("user.name");

const SESSION_CONTEXT = toMembers(SESSION, {
  attributes: toMembers(SESSION, { creationDate: to(`${SESSION}.creation_date`, scalar(asCreation)) }),
  webIdFederationData: to(`${SESSION}.web_id_federation_data`, asObjects),
});

/**
 * Members of an event: "CloudTrail record contents for management, data, and network activity events" and "CloudTrail userIdentity
 * element" in the CloudTrail User Guide. What a call was given and returned has the names of each API, so it stays as it is.
 */
const putEvent = toMembers(OWN, {
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
  readOnly: to(`${OWN}.read_only`, scalar(asBoolean)),
  managementEvent: to(`${OWN}.management_event`, scalar(asBoolean)),
  requestParameters: to(`${OWN}.request_parameters`, asObjects),
  responseElements: to(`${OWN}.response_elements`, asObjects),
  additionalEventData: to(`${OWN}.additional_event_data`, asObjects),
  serviceEventDetails: to(`${OWN}.service_event_details`, asObjects),
  insightDetails: to(`${OWN}.insight_details`, asObjects),
  eventContext: to(`${OWN}.event_context`, asObjects),
  tlsDetails: toMembers(`${OWN}.tls_details`, {
    tlsVersion: toTlsVersion,
    cipherSuite: to("tls.cipher"),
    clientProvidedHostHeader: to("tls.client.server_name"),
  }),
});

/** What every event has; of the events of other services that look alike, those of S3 have no id, and those of streams no time. */
const EVIDENCE = ["eventVersion", "eventTime", "eventID", "awsRegion"];

/** A role has no name of its own but that of its session's issuer. */
const ROLE_NAME = "userIdentity.sessionContext.sessionIssuer.userName";
function outcomeOf(event: Record<string, unknown>): string {
  // Of a failed sign-in there is no code: "AWS Management Console sign-in events".
  const signIn = event.eventName === "ConsoleLogin" && memberOf(event, "responseElements.ConsoleLogin");
  return signIn === "Failure" || isText(event.errorCode) || isText(event.errorMessage) ? "failure" : "success";
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** An event of CloudTrail, as the service sends it to CloudWatch Logs. */
export const parseCloudtrail: MessageParser = (message) => {
  const event = message.includes('"eventVersion"') ? exactObject(message) : undefined;
  if (!event || !EVIDENCE.every((name) => isText(event[name]))) return undefined;
  const fields: FieldTree = { event: { dataset: "aws.cloudtrail", outcome: outcomeOf(event) } };
  putEvent(event, fields);
  if (memberOf(event, "userIdentity.userName") === undefined) putUserName(memberOf(event, ROLE_NAME), fields);
  const time = readIsoTime(String(event.eventTime));
  return { fields, isJson: true, ...(time !== undefined && { time }) };
};
