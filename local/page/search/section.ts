import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ArchiveLocation } from "../../delivery/archive";
import type { SearchLocation } from "../../delivery/search";
import { PageError, type PageRequest, type PageSection } from "../server/section";
import type { ArchivedAnswer, EventCursor, SearchAnswer } from "../shared/search-answers";
import { type HitPlace, viewOfQuery } from "../shared/search-view";
import { type EngineSearch, EngineSearchError, engineSearch } from "./engine-search";
import { exportedEvents } from "./export-events";
import { findEvents } from "./find-events";
import { findHoldingObject, openArchived } from "./holding-object";
import { type IndexFields, indexFieldsOf } from "./index-fields";
import { OncePerSecond } from "./once-per-second";
import { NoSuchEventError, openEvent, surroundingEvents } from "./opened-event";
import { SearchRequestError } from "./view-errors";

/** Where the section looks; undefined while the pipeline starts. */
export interface SearchSources {
  readonly search: SearchLocation | undefined;
  readonly s3: S3Client | undefined;
  readonly archive: ArchiveLocation | undefined;
}

/** Neighbours of an event on each side. */
const NEIGHBOURS_SIZE = { default: 10, max: 500 };

/** How long an object is looked for. */
const LOOK_MS = 20_000;

const NOT_YET = "The pipeline is still starting: nothing can be found yet.";

/** What the page's search asks for. */
export function searchSection(sources: () => SearchSources): PageSection {
  const answers = new OncePerSecond<SearchAnswer>();
  let asked:
    | { readonly location: SearchLocation; engine: EngineSearch; fields: () => Promise<IndexFields> }
    | undefined;
  /** @throws PageError while the pipeline starts */
  const engineNow = () => {
    const location = sources().search;
    if (!location) throw new PageError(NOT_YET, 503);
    if (asked?.location !== location) {
      const engine = engineSearch(location);
      asked = { location, engine, fields: indexFieldsOf(engine) };
    }
    return asked;
  };
  const archived = async (request: PageRequest): Promise<ArchivedAnswer> => {
    const { s3, archive } = sources();
    if (!s3 || !archive) throw new PageError(NOT_YET, 503);
    const { row, fields } = await openEvent(engineNow().engine, placeIn(request.query));
    const object = objectItself(fields);
    if (object) return { object };
    // A document's name that looks like a date ends in a line feed, which the archive's has not.
    const event = { id: row.id, time: Date.parse(row.time), logGroup: row.group.replace(/\n$/, "") };
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(LOOK_MS)]);
    return findHoldingObject(s3, archive, event, Date.now(), signal);
  };
  return {
    routes: {
      "GET api/search": route(async ({ query }) => {
        const { engine, fields } = engineNow();
        const search = viewOfQuery(query.toString());
        const asking = { search, columns: search.columns, after: cursorIn(query) };
        return { json: await answers.ask(query.toString(), () => findEvents(engine, fields, asking, Date.now())) };
      }),
      "GET api/search/fields": route(async () => ({ json: (await engineNow().fields()).names })),
      "GET api/search/event": route(async ({ query }) => ({
        json: await openEvent(engineNow().engine, placeIn(query), viewOfQuery(query.toString()).columns),
      })),
      "GET api/search/around": route(async ({ query }) => {
        const { engine, fields } = engineNow();
        const { columns } = viewOfQuery(query.toString());
        return { json: await surroundingEvents(engine, fields, placeIn(query), columns, sizeIn(query)) };
      }),
      "GET api/search/archived": route(async (request) => ({ json: await archived(request) })),
      "GET api/search/object": route(async (request) => {
        const answer = await archived(request);
        if (!answer.object) throw new PageError(answer.reason, 404);
        const { key } = answer.object;
        return {
          fileName: key.slice(key.lastIndexOf("/") + 1),
          content: await openArchived(sources().s3!, answer.object),
        };
      }),
      "GET api/search/export": route(async ({ query, signal }) => {
        const { engine, fields } = engineNow();
        const lines = exportedEvents(engine, fields, viewOfQuery(query.toString()), Date.now(), signal);
        // What is wrong with the request is answered, not written into a file.
        const first = await lines.next();
        const rest = (async function* () {
          if (first.done) return;
          yield first.value;
          yield* lines;
        })();
        const time = new Date().toISOString().slice(0, "YYYY-MM-DDTHH:MM:SS".length).replaceAll(":", "");
        return { fileName: `events-${time}.ndjson`, content: Readable.from(rest) };
      }),
    },
  };
}

type Handle = PageSection["routes"]["GET api/"]["handle"];

/** Answers what is wrong as the page shows it. */
const route = (handle: Handle) => ({
  handle: (request: PageRequest) =>
    handle(request).catch((error) => {
      if (error instanceof SearchRequestError) throw new PageError(error.message, 400);
      if (error instanceof NoSuchEventError) throw new PageError(error.message, 404);
      if (error instanceof EngineSearchError) throw new PageError(error.message, 502);
      if (error instanceof Error && error.name === "TimeoutError") {
        throw new PageError(`No object that holds the event was found within ${LOOK_MS / 1_000} seconds.`, 504);
      }
      throw error;
    }),
});

/** An event's place, as the URL of a view has it. @throws PageError */
function placeIn(query: URLSearchParams): HitPlace {
  const { event } = viewOfQuery(query.toString());
  if (!event) throw new PageError("event is missing. Allowed: an index and an _id, with a colon between.");
  return event;
}

function sizeIn(query: URLSearchParams): number {
  const size = Number(query.get("size") ?? NEIGHBOURS_SIZE.default);
  if (Number.isInteger(size) && size >= 1 && size <= NEIGHBOURS_SIZE.max) return size;
  throw new PageError(`size is ${query.get("size")}. Allowed: 1 to ${NEIGHBOURS_SIZE.max}.`);
}

/** @throws PageError for anything but what `next` of an answer was */
function cursorIn(query: URLSearchParams): EventCursor | undefined {
  const text = query.get("after");
  if (text === null) return undefined;
  const [, time, sequence, index] = /^(-?\d{1,15}):(-?\d{1,16}):(.+)$/s.exec(text) ?? [];
  if (index === undefined) throw new PageError(`after is ${JSON.stringify(text)}. Allowed: next of an answer.`);
  return [Number(time), index, Number(sequence)];
}

/** Of a line of an access log, the document names its object. */
function objectItself(fields: readonly { readonly name: string; readonly value: string }[]) {
  const value = (name: string) => fields.find((field) => field.name === name)?.value;
  const [bucket, key] = [value("aws.s3.bucket.name"), value("aws.s3.object.key")];
  const isAccessLog = value("aws.cloudwatch.log_group") === undefined;
  return isAccessLog && bucket !== undefined && key !== undefined
    ? { bucket, key, bytes: undefined, line: undefined }
    : undefined;
}
