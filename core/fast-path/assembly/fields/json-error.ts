import { copyMembers } from "../json-members";
import { from, setFrom, setTo, to } from "../memory";
import { putErrorText } from "./logged-error";
import { isUnclear, matchLayouts } from "./matcher";
import { readMemberColumns } from "./member-columns";
import { hasOneOf, inMessage, restEnd, restStart } from "./rest";
import { leave } from "./slots";
import { clearSpan, messageEnd, spanEnd, spanStart } from "./split";
import { argument, firstSlot, secondArgument, secondSlot, thirdArgument, thirdSlot } from "./step";

/** Of the object's columns, behind those of any layout: core/fast-path/field-steps.ts. */
const TYPE: i32 = 32;
const TEXT: i32 = 33;
const TRACE: i32 = 34;

/** As `nodeError`: puts the exception whose JSON is behind a message, if there is one. */
export function putJsonError(step: usize): void {
  if (!hasOneOf(thirdArgument(step), 1)) return;
  const object = matchLayouts(argument(step), restStart);
  if (object === 0 && !isUnclear) return;
  for (let column = TYPE; column <= TRACE; column++) clearSpan(column);
  if (isUnclear || !isJsonObject(inMessage(object)) || readMemberColumns(secondArgument(step), object, restEnd) === 0) {
    leave();
    return;
  }
  putErrorText(firstSlot(step), spanStart(TYPE), spanEnd(TYPE));
  putErrorText(secondSlot(step), spanStart(TEXT), spanEnd(TEXT));
  putErrorText(thirdSlot(step), spanStart(TRACE), spanEnd(TRACE));
}

/** Whether all from an address in the envelope on is a JSON object; false: only the parser can say, too. */
function isJsonObject(at: usize): bool {
  const message = from;
  const out = to;
  setFrom(at);
  const isCopied = copyMembers(messageEnd + 1);
  setFrom(message);
  setTo(out);
  return isCopied;
}
