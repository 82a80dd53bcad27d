import { ascii, hasAt, UNDERSCORE } from "../ascii";

const START = ascii("start");
const END = ascii("end");
const CREATED = ascii("created");
const NOT_BEFORE = ascii("not_before");
const NOT_AFTER = ascii("not_after");
const TIME = ascii("time");
const TIMESTAMP = ascii("timestamp");
const DATE = ascii("date");

/** As `DATE_NAME` of core/sinks/opensearch/written-names.ts: whether all texts of a field of this name are dates. */
export function isDateName(start: usize, end: usize): bool {
  if (endsWith(start, end, TIME, 4) || endsWith(start, end, TIMESTAMP, 9) || endsWith(start, end, DATE, 4)) return true;
  switch (<i32>(end - start)) {
    case 3:
      return hasAt(start, END, 3);
    case 5:
      return hasAt(start, START, 5);
    case 7:
      return hasAt(start, CREATED, 7);
    case 9:
      return hasAt(start, NOT_AFTER, 9);
    case 10:
      return hasAt(start, NOT_BEFORE, 10);
    default:
      return false;
  }
}

/** Whether a name is a word, or ends in one after an underscore that is not its first character. */
function endsWith(start: usize, end: usize, word: v128, length: i32): bool {
  if (end < start + length) return false;
  const at = end - length;
  if (!hasAt(at, word, length)) return false;
  return at === start || (at > start + 1 && load<u8>(at - 1) === UNDERSCORE);
}
