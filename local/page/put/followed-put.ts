import type { NumberRange } from "../../delivery/found-events";
import type { LogLine } from "../../log-events/line";
import { CopyCheck } from "../followed-events/copy-check";
import type { FollowedEvents } from "../followed-events/followed-events";
import { type PagePut, PUT_STALLED_SECONDS, type PutLine, type PutPhase } from "../shared/put";
import type { CountedPut, FoundRow } from "./put-search";
import { StationCount } from "./put-station";

/** Lines of a put whose way is shown one by one. */
const FIRST_LINES = 3;

/** Of a line that is shown, in UTF-16 code units. */
const MAX_SHOWN = 300;

/** A put, from its request until each of its lines is accounted for. */
export class FollowedPut {
  readonly stations = {
    put: new StationCount(),
    stream: new StationCount(),
    function: new StationCount(),
    index: new StationCount(),
    archive: new StationCount(),
  };
  received: PagePut["received"];
  #phase: PutPhase = "receiving";
  #lines = 0;
  #notes: readonly string[] = [];
  #error: string | undefined;
  /** Of its first event in the ledger. */
  #first = 0;
  #beganMs = 0;
  #endedMs: number | undefined;
  #deadLetteredBefore = 0;
  #deadLettered = 0;
  #rejected = 0;
  #texts: string[] = [];
  readonly #rows = new Map<number, FoundRow>();
  #period: PagePut["period"];
  #progress = { arrived: -1, atMs: 0 };
  #check: CopyCheck | undefined;
  #outcome: PagePut["outcome"];

  constructor(
    readonly what: Pick<PagePut, "id" | "fileName" | "logGroup" | "logStream">,
    private readonly events: FollowedEvents,
    /** In milliseconds since the epoch. */
    private readonly now: () => number,
  ) {}

  get isInFlight(): boolean {
    return this.#phase === "putting" || this.#phase === "travelling" || this.#phase === "checking";
  }

  get isOver(): boolean {
    return this.#phase === "over";
  }

  /** Its lines are checked, and wait until those before them are put. */
  checked(lines: number, notes: readonly string[]): void {
    [this.#phase, this.#lines, this.#notes, this.received] = ["waiting", lines, notes, undefined];
  }

  /** From now on its lines are put. */
  begin(): void {
    this.#phase = "putting";
    this.#first = this.events.ledger.size;
    this.#beganMs = this.now();
    this.#deadLetteredBefore = this.events.added.deadLettered;
  }

  /** CloudWatch Logs has accepted these lines, which the ledger has. */
  accepted(lines: readonly LogLine[]): void {
    const room = FIRST_LINES - this.#texts.length;
    this.#texts.push(...lines.slice(0, room).map(({ message }) => cutText(message)));
    this.stations.put.reach(this.stations.put.count + lines.length, this.#ms());
  }

  /** All its lines are put, or no further one can be. */
  allPut(error?: string): void {
    this.#lines = this.stations.put.count;
    this.#error = error;
    if (this.#lines > 0) this.#phase = "travelling";
    else [this.#phase, this.#endedMs] = ["over", 0];
  }

  /** @param arrivedMs when Kinesis received them, in milliseconds since the epoch */
  read(events: number, arrivedMs: number): void {
    const { stream } = this.stations;
    stream.reach(Math.min(stream.count + events, this.#lines), arrivedMs - this.#beganMs);
  }

  invoked(events: number): void {
    const { function: station } = this.stations;
    station.reach(Math.min(station.count + events, this.#lines), this.#ms());
  }

  /** What of it a search is to find by its `_id`: the lines that are shown. */
  get rowIds(): string[] {
    return this.#texts.flatMap((_, n) => (this.#rows.has(n) ? [] : [this.events.ledger.documentIdOf(this.#first + n)]));
  }

  /** What of it is to be looked for once more. */
  get check(): CopyCheck | undefined {
    return this.#check;
  }

  /** A search has found so much of it. */
  counted({ count, period }: CountedPut, rows: ReadonlyMap<string, FoundRow>): void {
    this.stations.index.reach(Math.min(count, this.#lines), this.#ms());
    this.#period = period;
    for (const n of this.#texts.keys()) {
      const row = rows.get(this.events.ledger.documentIdOf(this.#first + n));
      if (row) this.#rows.set(n, row);
    }
  }

  /** Looks how far it is. @param isBroken whether something is broken at the moment: what does not arrive is not lost then */
  advance(isBroken: boolean): void {
    const { archived, rejections, added } = this.events;
    const { put, index, archive } = this.stations;
    archive.reach(archived.countIn(this.#range), this.#ms());
    this.#rejected = 0;
    for (const number of rejections.keys()) if (this.#has(number)) this.#rejected++;
    this.#deadLettered = added.deadLettered - this.#deadLetteredBefore;
    if (this.#phase === "putting") return;

    const arrived = index.count + archive.count + this.#rejected;
    if (isBroken || arrived !== this.#progress.arrived) this.#progress = { arrived, atMs: this.now() };
    const isArrived = index.count + this.#rejected >= put.count && archive.count >= put.count;
    if (isArrived) this.#endedMs ??= this.#ms();
    const isStalled = this.now() - this.#progress.atMs >= PUT_STALLED_SECONDS * 1000;
    if (!isArrived && !isStalled) {
      [this.#check, this.#phase] = [undefined, "travelling"];
      return;
    }
    this.#check ??= new CopyCheck(this.events.ledger, this.#range);
    this.#phase = "checking";
    if (this.#check.isOver) this.#end(this.#check, isStalled);
  }

  /** Copies in the index count as others do until then. */
  #end({ found, range }: CopyCheck, isStalled: boolean): void {
    const { archived, rejections } = this.events;
    let lost = 0;
    for (let number = range.first; number < range.first + range.count; number++) {
      const isSearchable = found.has(number) || rejections.has(number);
      if (!isSearchable || !archived.has(number)) lost++;
    }
    this.#check = undefined;
    if (lost > 0 && !isStalled) return;
    this.stations.index.reach(found.size, this.#ms());
    this.#outcome = { lost, duplicated: found.duplicatesIn(range) + archived.duplicatesIn(range) };
    this.#endedMs ??= this.#ms();
    this.#phase = "over";
  }

  get shown(): PagePut {
    const { stations } = this;
    const isBegun = this.#phase !== "receiving" && this.#phase !== "waiting";
    return {
      ...this.what,
      phase: this.#phase,
      ...(this.received && { received: this.received }),
      lines: this.#lines,
      elapsedMs: this.#endedMs ?? (isBegun ? this.#ms() : 0),
      stations: {
        put: stations.put.shown,
        stream: stations.stream.shown,
        function: stations.function.shown,
        index: stations.index.shown,
        archive: stations.archive.shown,
      },
      rejected: this.#rejected,
      deadLettered: this.#deadLettered,
      ...(this.#outcome && { outcome: this.#outcome }),
      first: this.#texts.map((text, n) => this.#shownLine(text, n)),
      ...(this.#period && { period: this.#period }),
      notes: this.#notes,
      ...(this.#error !== undefined && { error: this.#error }),
    };
  }

  #shownLine(text: string, n: number): PutLine {
    const became = this.#rows.get(n);
    const rejection = this.events.rejections.get(this.#first + n);
    return {
      text,
      ...(became && { became: { ...became, message: cutText(became.message) } }),
      ...(rejection !== undefined && { rejection: cutText(rejection) }),
    };
  }

  get #range(): NumberRange {
    return { first: this.#first, count: this.stations.put.count };
  }

  #has(number: number): boolean {
    const { first, count } = this.#range;
    return number >= first && number < first + count;
  }

  #ms(): number {
    return this.now() - this.#beganMs;
  }
}

/** No half of a character stays. */
const cutText = (text: string): string =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1).replace(/[\ud800-\udbff]$/, "")}…`;
