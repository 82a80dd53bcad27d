/**
 * The shape of a line: `ecs` has the names of the Elastic Common Schema, as Elastic's own loggers write them; `plain` short names
 * without dots.
 */
export type LineFormat = "ecs" | "plain";

/** The names of the fields that this library writes itself. */
export interface LineFieldNames {
  time: string;
  level: string;
  message: string;
  logger: string;
  hostname: string;
  processId: string;
  thread: string;
  errorType: string;
  errorMessage: string;
  errorStack: string;
}

const ERROR_NAMES = { errorType: "error.type", errorMessage: "error.message", errorStack: "error.stack_trace" };

/** By format. Source of `ecs`: Elastic, "ECS Field Reference". */
export const LINE_FIELD_NAMES: Readonly<Record<LineFormat, LineFieldNames>> = {
  ecs: {
    time: "@timestamp",
    level: "log.level",
    message: "message",
    logger: "log.logger",
    hostname: "host.hostname",
    processId: "process.pid",
    thread: "process.thread.name",
    ...ERROR_NAMES,
  },
  plain: {
    time: "timestamp",
    level: "level",
    message: "message",
    logger: "logger",
    hostname: "hostname",
    processId: "processId",
    thread: "thread",
    ...ERROR_NAMES,
  },
};

/** In either format: the forwarder makes the document's `_id` of it, and finds it by this name. */
export const ID_FIELD = "event.id";

/** Of a line that was cut. */
export const TRUNCATED_FIELD = "labels.truncated";

/** The version of ECS whose names these are. */
export const ECS_VERSION = "8.11.0";
