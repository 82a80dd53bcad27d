import { SpanOp } from "../../../parsers/span-ops";
import { derive } from "./derive";
import { wholeOf } from "./numbers";
import { leave } from "./slots";
import { spanEnd, spanStart } from "./split";
import { argument, opOf } from "./step";
import { lastTime, MAX_EPOCH_DIGITS, readClf, readUtc } from "./times";

/**
 * The line's own time, as its parser has it, in ms since the epoch; negative: it has none that a document may have.
 *
 * @param count of the line's texts; those that it lacks are empty
 */
export function timeOf(step: usize, count: i32): i64 {
  const column = <i32>argument(step);
  const start = column < count ? spanStart(column) : 0;
  const end = column < count ? spanEnd(column) : 0;
  switch (opOf(step)) {
    case SpanOp.utcTime:
      return readUtc(start, end) ? lastTime() : -1;
    case SpanOp.clfTime:
      return readClf(start, end) ? lastTime() : -1;
    case SpanOp.epochSeconds: {
      const whole = end - start > MAX_EPOCH_DIGITS ? -1 : wholeOf(start, end);
      return whole < 0 ? -1 : whole * 1000;
    }
    case SpanOp.dateAndTime:
    case SpanOp.epochTime:
      derive(step, count);
      return lastTime();
    default:
      leave();
      return -1;
  }
}
