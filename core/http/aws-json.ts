import { parsedObject } from "../json/object";

/** What the types of AWS's JSON protocol look like. Anything else in their place is not logged. */
const TYPE = /^(?:[\w.]{1,64}#)?(\w{1,64})$/;

/**
 * Returns the type of an error in AWS's JSON protocol, without the namespace before `#`; "" for any other body.
 *
 * Source: Smithy, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol".
 */
export function awsErrorType(body: string): string {
  const given = parsedObject(body)?.__type;
  return (typeof given === "string" && TYPE.exec(given)?.[1]) || "";
}
