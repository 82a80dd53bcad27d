import { oneLine } from "../../../tools/text/one-line";
import { CopyCheck, eventNumbers } from "../followed-events/copy-check";
import {
  type PagePut,
  PUT_STALLED_SECONDS,
  PUT_STATIONS,
  type PutLine,
  type PutPhase,
  type PutStationName,
} from "../shared/put";
import type { CheckedPut, PutJourney } from "./put-journey";
import type { CountedPut, FoundRow } from "./put-search";
import { StationCount } from "./put-station";

/** Lines of a put whose way is shown one by one. */
const FIRST_LINES = 3;

/** Of a line that is shown, in UTF-16 code units. */
const MAX_SHOWN = 300;

/** A line whose way is shown. */
interface FirstLine {
  readonly number: number;
  readonly text: string;
  row: FoundRow | undefined;
}

/** A put, from its request until each of its lines is accounted for. */
export class FollowedPut {
  received: PagePut["received"];
  readonly #stations: readonly { readonly name: PutStationName; readonly station: StationCount }[];
  #phase: PutPhase = "receiving";
  #journey: PutJourney | undefined;
  #lines = 0;
  /** That are accepted. */
  #accepted = 0;
  #notes: readonly string[] = [];
  #error: string | undefined;
  #beganMs = 0;
  #endedMs: number | undefined;
  #first: readonly FirstLine[] = [];
  #period: PagePut["period"];
  #progress = { arrived: -1, atMs: 0 };
  #check: CopyCheck | undefined;
  #outcome: PagePut["outcome"];
  /** As it was when it was last in flight. */
  #quarantined: Pick<PagePut, "rejected" | "reasons" | "deadLettered"> = { rejected: 0, reasons: [], deadLettered: 0 };

  constructor(
    readonly what: Pick<PagePut, "id" | "fileName" | "target">,
    /** In milliseconds since the epoch. */
    private readonly now: () => number,
  ) {
    this.#stations = PUT_STATIONS[what.target.kind].map((name) => ({ name, station: new StationCount() }));
  }

  get isInFlight(): boolean {
    return this.#phase === "putting" || this.#phase === "travelling" || this.#phase === "checking";
  }

  get isOver(): boolean {
    return this.#phase === "over";
  }

  /** That are to be put; once it is put, those that were accepted. */
  get lines(): number {
    return this.#lines;
  }

  get mark(): PagePut["mark"] {
    return this.#journey?.mark;
  }

  /** Its lines are checked, and wait until those before them are put. */
  checked({ lines, notes, journey }: CheckedPut): void {
    [this.#phase, this.#lines, this.#notes, this.#journey] = ["waiting", lines, notes, journey];
    this.received = undefined;
  }

  /** Puts its lines; why not all could be put is shown. @param begin what comes before */
  async put(begin: () => Promise<unknown>): Promise<void> {
    const { station } = this.#stations[0]!;
    try {
      await begin();
      [this.#phase, this.#beganMs] = ["putting", this.now()];
      await this.#journey!.put((lines, texts) => {
        this.#accepted += lines;
        station.reach(this.#accepted, this.#ms());
        this.#takeFirst(texts);
      });
    } catch (error) {
      this.#error = oneLine((error as Error).message);
    }
    this.#lines = this.#accepted;
    if (this.#lines > 0) this.#phase = "travelling";
    else [this.#phase, this.#endedMs] = ["over", 0];
  }

  #takeFirst(texts: readonly string[]): void {
    if (this.#first.length === FIRST_LINES) return;
    const numbers = eventNumbers(this.#journey!.events);
    const all = [...this.#first.map(({ text }) => text), ...texts.map(cutText)].slice(0, FIRST_LINES);
    this.#first = all.map((text) => ({ text, number: numbers.next().value!, row: undefined }));
  }

  /** Lines of it have arrived at a station. @param atMs in milliseconds since the epoch @default now */
  arrived(name: PutStationName, lines: number, atMs = this.now()): void {
    const station = this.#station(name);
    station?.reach(Math.min(station.count + lines, this.#lines), atMs - this.#beganMs);
  }

  /** What of it a search is to find by its `_id`: the lines that are shown. */
  get rowIds(): string[] {
    return this.#first.filter(({ row }) => !row).map(({ number }) => this.#idOf(number));
  }

  /** What of it is to be looked for once more. */
  get check(): CopyCheck | undefined {
    return this.#check;
  }

  /** A search has found so much of it. */
  counted({ count, period }: CountedPut, rows: ReadonlyMap<string, FoundRow>): void {
    this.#station("index")!.reach(Math.min(count, this.#lines), this.#ms());
    this.#period = period;
    for (const line of this.#first) line.row ??= rows.get(this.#idOf(line.number));
  }

  /** Looks how far it is. @param isBroken whether something is broken at the moment: what does not arrive is not lost then */
  advance(isBroken: boolean): void {
    const { archived, events, quarantined } = this.#journey!;
    const [index, archive] = [this.#station("index")!, this.#station("archive")];
    if (archived) archive?.reach(archived.countIn(events.range), this.#ms());
    const { lines: rejected, reasons, deadLettered } = quarantined;
    this.#quarantined = { rejected, reasons: reasons.map(cutReason), deadLettered };
    if (this.#phase === "putting") return;

    const settled = index.count + quarantined.events;
    const arrived = settled + (archive?.count ?? 0);
    if (isBroken || arrived !== this.#progress.arrived) this.#progress = { arrived, atMs: this.now() };
    const isArrived = settled >= this.#lines && (archive?.count ?? this.#lines) >= this.#lines;
    if (isArrived) this.#endedMs ??= this.#ms();
    const isStalled = this.now() - this.#progress.atMs >= PUT_STALLED_SECONDS * 1000;
    if (!isArrived && !isStalled) {
      [this.#check, this.#phase] = [undefined, "travelling"];
      return;
    }
    this.#check ??= new CopyCheck(events);
    this.#phase = "checking";
    if (this.#check.isOver) this.#end(this.#check, isStalled);
  }

  /** Copies in the index count as others do until then. */
  #end({ found, events }: CopyCheck, isStalled: boolean): void {
    const { archived, quarantined } = this.#journey!;
    let lost = 0;
    for (const number of eventNumbers(events)) {
      const isSearchable = found.has(number) || quarantined.reasonOf(number) !== undefined;
      if (!isSearchable || archived?.has(number) === false) lost++;
    }
    this.#check = undefined;
    if (lost > 0 && !isStalled) return;
    this.#station("index")!.reach(found.size, this.#ms());
    const { range } = events;
    this.#outcome = { lost, duplicated: found.duplicatesIn(range) + (archived?.duplicatesIn(range) ?? 0) };
    this.#endedMs ??= this.#ms();
    this.#phase = "over";
  }

  get shown(): PagePut {
    const isBegun = this.#phase !== "receiving" && this.#phase !== "waiting";
    return {
      ...this.what,
      ...(this.mark && { mark: this.mark }),
      phase: this.#phase,
      ...(this.received && { received: this.received }),
      lines: this.#lines,
      elapsedMs: this.#endedMs ?? (isBegun ? this.#ms() : 0),
      stations: this.#stations.map(({ name, station }) => ({ name, ...station.shown })),
      ...this.#quarantined,
      ...(this.#outcome && { outcome: this.#outcome }),
      first: this.#first.map((line) => this.#shownLine(line)),
      ...(this.#period && { period: this.#period }),
      notes: this.#notes,
      ...(this.#error !== undefined && { error: this.#error }),
    };
  }

  #shownLine({ number, text, row }: FirstLine): PutLine {
    const rejection = this.#journey!.quarantined.reasonOf(number);
    return {
      text,
      ...(row && { became: { ...row, message: cutText(row.message) } }),
      ...(rejection !== undefined && { rejection: cutText(rejection) }),
    };
  }

  #station(name: PutStationName): StationCount | undefined {
    return this.#stations.find((one) => one.name === name)?.station;
  }

  #idOf(number: number): string {
    return this.#journey!.events.ledger.documentIdOf(number);
  }

  #ms(): number {
    return this.now() - this.#beganMs;
  }
}

/** No half of a character stays. */
const cutText = (text: string): string =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1).replace(/[\ud800-\udbff]$/, "")}…`;

const cutReason = ({ reason, lines }: PagePut["reasons"][number]) => ({ reason: cutText(reason), lines });
