import { hostname } from "node:os";
import { isMainThread, threadId } from "node:worker_threads";
import {
  ECS_VERSION,
  ID_FIELD,
  LINE_FIELD_NAMES,
  type LineFieldNames,
  type LineFormat,
  TRUNCATED_FIELD,
} from "./field-names";

/** What a program tells about itself in each of its lines. */
export interface SourceOptions {
  /** Names of the fields. @default "ecs" */
  format?: LineFormat | undefined;
  /** Name of the service: `service.name`, in `plain` `tags.applicationName`. */
  service?: string | undefined;
  /** Where it is deployed, e.g. `production`: `service.environment`, in `plain` `tags.deployedTo`. */
  environment?: string | undefined;
  /** Its version: `service.version`, in `plain` `tags.version`. */
  version?: string | undefined;
  /** Texts for each line: `labels`, in `plain` `tags`. */
  tags?: Readonly<Record<string, string>> | undefined;
}

/** A source as members of a line. */
export interface LineShape {
  format: LineFormat;
  names: LineFieldNames;
  /** Members that are the same in each line. */
  constants: Readonly<Record<string, unknown>>;
  /** Names that a program's own fields do not get. */
  reserved: ReadonlySet<string>;
  /** The names before the dots of reserved ones, e.g. `log` and `process.thread`: objects of these names are taken apart. */
  prefixes: ReadonlySet<string>;
}

/**
 * Returns the members that are the same in each line of this process.
 *
 * @param thread name of the thread that logs. @default the current one's
 */
export function lineShape(source: SourceOptions, thread = isMainThread ? "main" : `worker-${threadId}`): LineShape {
  const format = source.format ?? "ecs";
  const names = LINE_FIELD_NAMES[format];
  const constants = {
    ...(format === "ecs" ? ecsConstants(source) : plainConstants(source)),
    [names.hostname]: hostname(),
    [names.processId]: process.pid,
    [names.thread]: thread,
  };
  const reserved = new Set([...Object.values(names), ...Object.keys(constants), ID_FIELD, TRUNCATED_FIELD]);
  return { format, names, constants, reserved, prefixes: new Set([...reserved].flatMap(prefixesOf)) };
}

function ecsConstants({ service, environment, version, tags }: SourceOptions): Record<string, unknown> {
  return {
    "ecs.version": ECS_VERSION,
    ...(service !== undefined && { "service.name": service }),
    ...(environment !== undefined && { "service.environment": environment }),
    ...(version !== undefined && { "service.version": version }),
    ...Object.fromEntries(Object.entries(tags ?? {}).map(([name, value]) => [`labels.${name}`, value])),
  };
}

function plainConstants({ service, environment, version, tags }: SourceOptions): Record<string, unknown> {
  const all = {
    ...(service !== undefined && { applicationName: service }),
    ...(environment !== undefined && { deployedTo: environment }),
    ...(version !== undefined && { version }),
    ...tags,
  };
  return Object.keys(all).length > 0 ? { tags: all } : {};
}

function prefixesOf(name: string): string[] {
  const parts = name.split(".");
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join("."));
}
