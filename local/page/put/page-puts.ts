import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { oneLine, shown } from "../../../tools/text/one-line";
import type { SearchLocation } from "../../delivery/search";
import { type FileOptions, inspectFiles } from "../../log-events/files";
import { logStreamName, MAX_LOG_STREAM_NAME } from "../../log-events/inputs";
import type { LineSource } from "../../log-events/line";
import { putLines } from "../../log-events/put";
import type { InputWords } from "../../log-events/words";
import { listed } from "../../reconciler/names";
import { FollowedEvents, type FollowedEventsIo } from "../followed-events/followed-events";
import { PageError } from "../server/section";
import { MAX_PUTS, type PagePut } from "../shared/put";
import { FollowedPut } from "./followed-put";
import { MAX_PUT_IDS, searchPuts } from "./put-search";
import { receiveFile } from "./received-file";
import { StreamProgress } from "./stream-progress";

export interface PagePutsIo extends FollowedEventsIo {
  readonly logs: CloudWatchLogsClient;
  readonly search: SearchLocation;
  /** Log groups that lines can be put into. @throws Error when the emulator does not answer */
  logGroups(): Promise<readonly string[]>;
  /** In milliseconds since the epoch. @default Date.now */
  now?(): number;
}

export interface PutRequest extends FileOptions {
  readonly logGroup: string;
  /** Undefined: the lines were typed. */
  readonly fileName: string | undefined;
  readonly content: AsyncIterable<Buffer>;
  /** Bytes of the content, as the page says. */
  readonly size: number | undefined;
}

/** The page has no command line. */
const PAGE_WORDS: InputWords = {
  subject: (name) => (name === "" ? "What was typed" : shown(name)),
  skip: "choose to skip invalid lines",
  timeField: "The time field",
  convert: (command) => `put what ${command} makes of it`,
};

/** Puts lines by the rules of `npm start -- put`, one put after the other, and follows each. */
export class PagePuts {
  readonly #events: FollowedEvents;
  readonly #now: () => number;
  readonly #stream = new StreamProgress((logGroup, logStream) =>
    this.#inFlight.find(({ what }) => what.logGroup === logGroup && what.logStream === logStream),
  );
  /** The newest first. */
  #puts: FollowedPut[] = [];
  #ids = 0;
  #last: Promise<unknown> = Promise.resolve();
  #problem: string | undefined;

  constructor(private readonly io: PagePutsIo) {
    this.#events = new FollowedEvents(io);
    this.#now = io.now ?? Date.now;
  }

  get shown(): { puts: PagePut[]; problem?: string } {
    const puts = this.#puts.map((put) => put.shown);
    const problems = [this.#problem, ...this.#events.unreadable].filter((one) => one !== undefined);
    return { puts, ...(problems.length > 0 && { problem: problems.join(" ") }) };
  }

  /** Of event source mappings. */
  get stream(): Pick<StreamProgress, "read" | "invoked"> | undefined {
    return this.#inFlight.length > 0 ? this.#stream : undefined;
  }

  /**
   * Puts what is received; its lines are put one by one after it.
   *
   * @returns the id of the put, once its lines are checked
   * @throws PageError for what cannot be put; nothing of it is put then
   */
  async put(request: PutRequest): Promise<number> {
    const { logGroup, fileName, size } = request;
    if (this.#puts.length >= MAX_PUTS && this.#puts.every(({ isOver }) => !isOver)) {
      throw new PageError(`${MAX_PUTS} puts are in flight. Wait until one has arrived.`, 429);
    }
    const id = ++this.#ids;
    const logStream = streamNameOf(fileName ?? "typed", this.#now(), id);
    const what = { id, logGroup, logStream, ...(fileName !== undefined && { fileName }) };
    const put = new FollowedPut(what, this.#events, this.#now);
    this.#show(put);
    try {
      const file = await receiveFile(request.content, (bytes) => {
        put.received = { bytes, of: Math.max(bytes, size ?? 0) };
      });
      const removing = () => file.remove();
      try {
        const lines = await this.#checked(put, file.open, request);
        this.#last = this.#last.then(() => this.#run(put, lines)).then(removing, removing);
      } catch (error) {
        await removing();
        throw error;
      }
    } catch (error) {
      this.#puts = this.#puts.filter((one) => one !== put);
      throw error;
    }
    return id;
  }

  /** Keeps the last ones, and those that are not over. */
  #show(put: FollowedPut): void {
    const all = [put, ...this.#puts];
    const oldest = all.length > MAX_PUTS ? all.findLast(({ isOver }) => isOver) : undefined;
    this.#puts = all.filter((one) => one !== oldest);
  }

  async #checked(
    put: FollowedPut,
    open: () => AsyncIterable<Buffer>,
    { logGroup, fileName = "", skipInvalidLines, timeField }: PutRequest,
  ): Promise<LineSource> {
    const delivered = await this.io.logGroups();
    const input = { file: fileName, name: PAGE_WORDS.subject(fileName), logGroup, logStream: put.what.logStream };
    const inspected = await inspectFiles(
      [{ ...input, isStream: false, open }],
      { skipInvalidLines, timeField, words: PAGE_WORDS },
      this.#now(),
    );
    const errors = [
      ...(delivered.includes(logGroup)
        ? []
        : [
            `The log group ${shown(logGroup)} is not delivered by the running pipeline, which delivers ${listed(delivered.map(shown))}.`,
          ]),
      ...inspected.errors,
    ];
    if (errors.length > 0) throw new PageError(errors.join("\n"));
    put.checked(inspected.lines.count, inspected.notes);
    return inspected.lines;
  }

  async #run(put: FollowedPut, lines: LineSource): Promise<void> {
    try {
      if (this.#inFlight.length === 0) {
        this.#stream.forget();
        await this.#events.begin();
      }
      put.begin();
      await putLines(this.io.logs, lines, (call) => {
        const times = call.lines.map(({ timestamp }) => timestamp);
        this.#events.ledger.add(put.what.logGroup, call.firstId, times);
        put.accepted(call.lines);
      });
      put.allPut();
    } catch (error) {
      put.allPut(oneLine((error as Error).message));
    }
  }

  get #inFlight(): FollowedPut[] {
    return this.#puts.filter(({ isInFlight }) => isInFlight);
  }

  /**
   * Looks how far the puts are, by one search at most; asks nothing when none is in flight.
   *
   * @param isBroken whether something is broken at the moment
   */
  async update(isBroken: boolean): Promise<void> {
    const inFlight = this.#inFlight;
    if (inFlight.length === 0) return;
    this.#problem = undefined;
    const problem = (error: Error) => {
      this.#problem = oneLine(error.message);
    };
    await this.#events.update().catch(problem);
    await this.#search(inFlight).catch(problem);
    // What cannot be looked for is not lost.
    for (const put of inFlight) put.advance(isBroken || this.#problem !== undefined);
  }

  async #search(puts: readonly FollowedPut[]): Promise<void> {
    // One after the other: each is over the sooner.
    const checking = puts.findLast(({ check }) => check !== undefined)?.check;
    const ids = checking?.nextIds(MAX_PUT_IDS) ?? [];
    const rowIds = puts.flatMap(({ rowIds }) => rowIds);
    const answer = await searchPuts(this.io.search, { puts: puts.map(({ what }) => what), rowIds, ids });
    for (const put of puts) put.counted(answer.counts.get(put.what.id)!, answer.rows);
    checking?.add(ids.length, answer.found, answer.isAllFound);
  }
}

/** Another one for each put, so that all of its documents can be found by it. Source: see MAX_LOG_STREAM_NAME. */
function streamNameOf(name: string, nowMs: number, id: number): string {
  const time = new Date(nowMs).toISOString().replaceAll(":", ".");
  const all = [...logStreamName(`page/${time}-${id}/${name.toWellFormed()}`)];
  let stream = "";
  for (const character of all) {
    if (stream.length + character.length > MAX_LOG_STREAM_NAME) break;
    stream += character;
  }
  return stream;
}
