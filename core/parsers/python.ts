import { slottedParser } from "./field-shape";
import { compileLayouts, parseByLayout } from "./layout";
import { errorSlots, PYTHON_TRACEBACK, putError, pythonError } from "./stack-trace";

/** Each with who writes it. */
const LAYOUTS = compileLayouts([
  // The Logging HOWTO's and most tutorials' formatters.
  "{time} - {logger} - {level} - ",
  "{time} - {level} - ",
  // logging.basicConfig; uvicorn; Alembic.
  "{level}:{logger}:",
  "{level}:{gap}",
  "{level} [{class}] ",
  // gunicorn.
  "[{time}] [{pid}] [{level}] ",
  // Flask; Celery's worker.
  "[{time}] {level} in {logger}: ",
  "[{time}: {level}/{process}] ",
  // loguru.
  "{time} | {level} | {logger} - ",
  // Scrapy; discord.py; SQLAlchemy; and others with brackets around one or two of them.
  "{time} [{logger}] {level}: ",
  "{time} [{level}] {class}: ",
  "{time} [{level}] ",
  "{time} {level} [{logger}] ",
  "{time} {level} {class}: ",
  "{time} {level} {class} ",
  "[{time}] [{level}] ",
  "[{time}] {level} ",
  "{time} {level} ",
]);

const ERROR = errorSlots(LAYOUTS.table.slotOf);

/**
 * What Python's `logging` writes by its usual formats, and a traceback behind it; on Lambda, its prefix is another (`lambda`).
 * A line begins with a digit, `[` or the capital of a level.
 */
export const parsePython = slottedParser(
  (text) => {
    const parsed = parseByLayout(LAYOUTS, text);
    if (parsed === undefined) return undefined;
    const { values, message } = parsed;
    putError(values, ERROR, pythonError(message));
    return { shape: LAYOUTS.table.shape, values, message };
  },
  undefined,
  [{ ...LAYOUTS, message: "rest", without: [PYTHON_TRACEBACK] }],
);
