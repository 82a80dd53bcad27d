import type { StoredObject } from "../archive/bucket";
import type { IndexLayouts } from "../core/events/index-layout";
import type { ArchiveIo, UnreadObject } from "./archived-events";
import { HourlyCounts } from "./counts";
import type { DocumentCopy, DocumentRange, IndexDocuments } from "./engine/index-documents";
import { Findings } from "./findings";
import { IdHash } from "./id-hash";
import { IdTable } from "./id-table";
import type { Unit } from "./time-range";

export interface CompareIo extends ArchiveIo {
  index: IndexDocuments;
  layouts: IndexLayouts;
  /** Of the hash of ids. */
  seeds: readonly [number, number];
  /** Maximum number of ids in memory. */
  maxIds: number;
  /** Maximum number of findings that a unit names. */
  maxNamed: number;
}

/** The ids of events by the objects that have them. */
export class IdsByObject {
  private readonly idsByKey = new Map<string, Set<string>>();

  add(key: string, id: string): void {
    const ids = this.idsByKey.get(key);
    if (ids) ids.add(id);
    else this.idsByKey.set(key, new Set([id]));
  }

  /** Each object's key, and the ids in it. */
  [Symbol.iterator](): Iterator<[key: string, ids: Set<string>]> {
    return this.idsByKey.entries();
  }

  get size(): number {
    return [...this.idsByKey.values()].reduce((sum, ids) => sum + ids.size, 0);
  }
}

/** The archive and the index of one unit. */
export class UnitComparison {
  readonly counts = new HourlyCounts();
  readonly findings: Findings;
  readonly unread: UnreadObject[] = [];
  /** Objects that have events of the unit; their positions are in the table. */
  readonly objects: StoredObject[] = [];
  readonly table: IdTable;
  readonly hash: IdHash;
  /** Of what is named: the missing events, the altered ones, and documents that should not be as they are. */
  readonly toDeliver = new IdsByObject();
  readonly toRewrite = new IdsByObject();
  readonly toRemove: DocumentCopy[] = [];

  constructor(
    readonly unit: Unit,
    readonly io: CompareIo,
  ) {
    this.findings = new Findings(io.maxNamed);
    this.table = new IdTable(io.maxIds, io.args.isDeep);
    this.hash = new IdHash(io.seeds);
  }

  /** Whether a time is the unit's. */
  isWithin(ms: number): boolean {
    return this.unit.fromMs <= ms && ms < this.unit.toMs;
  }

  /** Hashes an id. @returns whether it is of the unit's part */
  isOfPart(id: string): boolean {
    this.hash.of(id);
    return this.hash.high % this.unit.parts === this.unit.part;
  }

  /**
   * Enters another event of an id that has one already: the index has the one that came first, which the archive does not say.
   *
   * @param content hash of its document
   */
  enterContent(id: string, slot: number, content: number): void {
    if (content === this.table.contents[slot]) return;
    this.hash.of(`${id} ${content}`);
    this.table.slot(this.hash.high, this.hash.low);
  }

  /** Whether an event of an id has this content. @param content hash of a document */
  hasContent(id: string, slot: number, content: number): boolean {
    if (content === this.table.contents[slot]) return true;
    this.hash.of(`${id} ${content}`);
    return this.table.find(this.hash.high, this.hash.low) >= 0;
  }

  /** Returns the slot of an id, or -1: also of one that is of another part. */
  find(id: string): number {
    return this.isOfPart(id) ? this.table.find(this.hash.high, this.hash.low) : -1;
  }
}

/** What is searched for in the index. */
export const selectedRange = ({ unit, io }: UnitComparison): DocumentRange => ({
  ...{ fromMs: unit.fromMs, toMs: unit.toMs },
  ...{ logGroup: io.args.selection.logGroup, account: io.args.selection.account },
  ...(io.args.accessLogs && { accessLogs: { bucket: io.args.bucket, prefix: io.args.accessLogs.prefix } }),
});
