import type { Envelope } from "../../core/events/envelope";
import type { Json, Member } from "../support/json";
import { indexedText, mustBeText, referenceDocument } from "../support/reference-document";
import type { CompletedEvent } from "./reference-identity";

type Names = Pick<Envelope, "messageType" | "owner" | "logGroup" | "logStream">;

/** The document of an event, with what docs/documents.md says about extracted fields. */
export function referenceDocumentOf(event: CompletedEvent, names: Names, region: string): Json {
  const fields = fieldsIn(event.extractedFields);
  const system = (name: string) => fields.find(([key]) => key === name)?.[1];
  const envelope: Envelope = {
    ...names,
    owner: system("@aws.account") ?? names.owner,
    logGroup: system("@source.log") ?? names.logGroup,
    logEvents: [],
  };
  const time = new Date(event.timestamp).toISOString();
  const document = referenceDocument(event.message, time, envelope, system("@aws.region") ?? region);
  const others = fields
    .filter(([name]) => !SYSTEM.includes(name))
    .map(([name, value]): Member => [name, { string: indexedText(value) }]);
  const cloudwatch = membersAt(document, "aws", "cloudwatch");
  const isText = cloudwatch.some(([key]) => key === "rejection");
  if (!isText && others.length > 0 && !mustBeText(others)) cloudwatch.push(["extracted_fields", { members: others }]);
  return document;
}

const SYSTEM = ["@aws.account", "@aws.region", "@source.log"];

function fieldsIn(extracted: unknown): [name: string, value: string][] {
  if (typeof extracted !== "object" || extracted === null || Array.isArray(extracted)) return [];
  const isSystemText = (value: unknown) => typeof value === "string" && value.length >= 1 && value.length <= 512;
  const isField = (name: string, value: unknown) =>
    /^[A-Za-z0-9_$@-][A-Za-z0-9_$@ -]{0,99}$/.test(name) && ["string", "number", "boolean"].includes(typeof value);
  const fields = Object.entries(extracted).filter(([name, value]) =>
    SYSTEM.includes(name) ? isSystemText(value) : isField(name, value),
  );
  return fields.slice(0, 100).map(([name, value]) => [name, String(value)]);
}

/** The members of the object that these names lead to. */
function membersAt(json: Json, ...names: string[]): Member[] {
  const { members } = json as { members: Member[] };
  const [name, ...below] = names;
  return name === undefined ? members : membersAt(members.find(([key]) => key === name)![1], ...below);
}
