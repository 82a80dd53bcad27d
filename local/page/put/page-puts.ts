import { oneLine, shown } from "../../../tools/text/one-line";
import type { SearchLocation } from "../../delivery/search";
import { listed } from "../../reconciler/names";
import { PageError } from "../server/section";
import { MAX_PUTS, type PagePut, type PutKind } from "../shared/put";
import { FollowedPut } from "./followed-put";
import type { CheckedPut, PutChoices, PutDestination } from "./put-journey";
import { PutProgress } from "./put-progress";
import { MAX_PUT_IDS, searchPuts } from "./put-search";
import { type ReceivedFile, receiveFile } from "./received-file";

export interface PagePutsIo {
  readonly destinations: readonly PutDestination[];
  readonly search: SearchLocation;
  /** In milliseconds since the epoch. */
  now(): number;
}

export interface PutRequest extends PutChoices {
  readonly kind: PutKind;
  readonly content: AsyncIterable<Buffer>;
  /** Bytes of the content, as the page says. */
  readonly size: number | undefined;
}

/** Puts lines, one put after the other, and follows each. */
export class PagePuts {
  /** The newest first. */
  #puts: FollowedPut[] = [];
  #ids = 0;
  #last: Promise<unknown> = Promise.resolve();
  #problem: string | undefined;
  readonly #progress = new PutProgress((kind, name, mark) =>
    this.#inFlight(kind).find((put) => put.what.target.name === name && put.mark?.value === mark),
  );

  constructor(private readonly io: PagePutsIo) {}

  get shown(): { puts: PagePut[]; problem?: string } {
    const puts = this.#puts.map((put) => put.shown);
    const unreadable = this.io.destinations.flatMap((one) => one.unreadable);
    const problems = [this.#problem, ...unreadable].filter((one) => one !== undefined);
    return { puts, ...(problems.length > 0 && { problem: problems.join(" ") }) };
  }

  /** Of event source mappings; undefined when nothing is in flight. */
  get progress(): Pick<PutProgress, "read" | "invoked"> | undefined {
    return this.#inFlight().length > 0 ? this.#progress : undefined;
  }

  /**
   * Puts what is received; its lines are put one by one after it.
   *
   * @returns the id of the put, once its lines are checked
   * @throws PageError for what cannot be put; nothing of it is put then
   */
  async put(request: PutRequest): Promise<number> {
    const { kind, name, fileName, size } = request;
    if (this.#puts.length >= MAX_PUTS && this.#puts.every(({ isOver }) => !isOver)) {
      throw new PageError(`${MAX_PUTS} puts are in flight. Wait until one has arrived.`, 429);
    }
    const id = ++this.#ids;
    const what = { id, target: { kind, name }, ...(fileName !== undefined && { fileName }) };
    const put = new FollowedPut(what, this.io.now);
    this.#show(put);
    try {
      const file = await receiveFile(request.content, (bytes) => {
        put.received = { bytes, of: Math.max(bytes, size ?? 0) };
      });
      const removing = () => file.remove();
      try {
        put.checked(await this.#checked(id, file, request));
        this.#last = this.#last.then(() => this.#run(put)).then(removing, removing);
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

  /** @throws PageError for all that is wrong */
  async #checked(id: number, file: ReceivedFile, request: PutRequest): Promise<CheckedPut> {
    const { kind, name } = request;
    const destination = this.#destinationOf(kind);
    const names = await destination.names();
    const errors = names.includes(name)
      ? []
      : [`The ${TARGETS[kind]} ${shown(name)} is not delivered by the running pipeline, ${deliveredText(names)}.`];
    const label = `${new Date(this.io.now()).toISOString().replaceAll(":", ".")}-${id}`;
    const checked = await destination.check({ ...request, file, label }).catch((error: Error) => {
      if (!(error instanceof PageError)) throw error;
      errors.push(error.message);
      return undefined;
    });
    if (!checked || errors.length > 0) throw new PageError(errors.join("\n"));
    return checked;
  }

  async #run(put: FollowedPut): Promise<void> {
    const { kind } = put.what.target;
    if (this.#inFlight().length === 0) this.#progress.forget();
    const isFirst = this.#inFlight(kind).length === 0;
    await put.put(async () => isFirst && this.#destinationOf(kind).begin());
  }

  /** The newest first. @param kind @default all */
  #inFlight(kind?: PutKind): readonly FollowedPut[] {
    return this.#puts.filter(({ isInFlight, what }) => isInFlight && (kind ?? what.target.kind) === what.target.kind);
  }

  #destinationOf(kind: PutKind): PutDestination {
    return this.io.destinations.find((one) => one.kind === kind)!;
  }

  /**
   * Looks how far the puts are, by one search at most; asks nothing when none is in flight.
   *
   * @param isBroken whether something is broken at the moment
   */
  async update(isBroken: boolean): Promise<void> {
    const inFlight = this.#inFlight();
    if (inFlight.length === 0) return;
    this.#problem = undefined;
    const problem = (error: Error) => {
      this.#problem = oneLine(error.message);
    };
    for (const destination of this.io.destinations) {
      if (this.#inFlight(destination.kind).length > 0) await destination.update().catch(problem);
    }
    await this.#search(inFlight).catch(problem);
    // What cannot be looked for is not lost.
    for (const put of inFlight) put.advance(isBroken || this.#problem !== undefined);
  }

  async #search(puts: readonly FollowedPut[]): Promise<void> {
    // One after the other: each is over the sooner.
    const checking = puts.findLast(({ check }) => check !== undefined)?.check;
    const ids = checking?.nextIds(MAX_PUT_IDS) ?? [];
    const rowIds = puts.flatMap(({ rowIds }) => rowIds);
    const marked = puts.map(({ what, mark }) => ({ id: what.id, mark: mark! }));
    const answer = await searchPuts(this.io.search, { puts: marked, rowIds, ids });
    for (const put of puts) put.counted(answer.counts.get(put.what.id)!, answer.rows);
    checking?.add(ids.length, answer.found, answer.isAllFound);
  }
}

const TARGETS: Readonly<Record<PutKind, string>> = { "log group": "log group", "access logs": "bucket" };

const deliveredText = (names: readonly string[]): string =>
  names.length === 0 ? "which delivers none" : `which delivers ${listed(names.map(shown))}`;
