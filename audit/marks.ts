import { StoppedError } from "../archive/outcome-errors";
import { selectedRange, type UnitComparison } from "./comparison";
import { contentHash } from "./contents";
import type { IndexedDocument } from "./engine/index-documents";
import { readWhole } from "./engine/read-whole";
import { UnseenError } from "./engine/unseen-error";
import { Flag } from "./id-table";
import type { ReceiptCells } from "./receipts/receipt-cells";
import { scopeIn } from "./receipts/receipt-cells";
import type { OpenRange } from "./receipts/settled-hours";

/** Documents of the index that need a second look. */
export interface SecondLooks {
  /** In the index, and not in the archive. */
  extra: IndexedDocument[];
  /** Ids that more than one index has. */
  duplicates: string[];
}

/** Documents that the archive does not have, or that two indices have, which are looked at again. */
const MAX_SUSPECTS = 200_000;

/** Where documents of a unit are searched for. */
export interface SearchedIndices {
  /** The indices of its hours. */
  open: readonly string[];
  /** Documents of the unit in other indices. */
  elsewhere: readonly IndexedDocument[];
}

export interface IndexReading extends SearchedIndices {
  /** What is not settled yet. */
  ranges: readonly OpenRange[];
  /** Of what is settled. @default nothing is */
  cells?: ReceiptCells | undefined;
}

/** Asks for the indices of a unit. @throws UnseenError when one is closed, and as `IndexDocuments` */
export async function searchedIndices(comparison: UnitComparison): Promise<SearchedIndices> {
  const { index } = comparison.io;
  const range = selectedRange(comparison);
  const { open, closed } = await index.indicesOf(range);
  if (closed.length > 0) {
    throw new UnseenError(`${closed.join(", ")} cannot be searched: closed. Open it, and audit again`);
  }
  return { open, elsewhere: await readWhole(() => index.elsewhere(open, range)) };
}

/** Marks in the table what the index has. An index that could not be read to its end is read again from the beginning. */
export async function markIndexed(comparison: UnitComparison, reading: IndexReading): Promise<SecondLooks> {
  return readWhole(async (maxPage) => {
    comparison.table.clear(Flag.Seen | Flag.Differs);
    for (const { counts } of comparison.counts.hours) counts.indexed = 0;
    return marked(comparison, reading, maxPage);
  });
}

async function marked(comparison: UnitComparison, reading: IndexReading, maxPage?: number): Promise<SecondLooks> {
  const { io } = comparison;
  const { open, elsewhere, ranges, cells } = reading;
  const suspects: SecondLooks = { extra: [], duplicates: [] };
  for (const { hour, ...times } of ranges) {
    const range = { ...selectedRange(comparison), ...times };
    for await (const page of io.index.scan(open, range, io.args.isDeep, maxPage)) {
      if (io.isInterrupted()) throw new StoppedError("The audit was interrupted.");
      for (const document of page) {
        const isSettled = hour !== undefined && cells?.isSettled(hour, scopeIn(document.id));
        if (!isSettled) mark(document, comparison, suspects);
      }
    }
  }
  for (const document of elsewhere) mark(document, comparison, suspects);
  return suspects;
}

function mark({ index, id, source }: IndexedDocument, comparison: UnitComparison, suspects: SecondLooks): void {
  const { table, hash, counts } = comparison;
  if (!comparison.isOfPart(id)) return;
  const slot = table.find(hash.high, hash.low);
  if (suspects.extra.length + suspects.duplicates.length >= MAX_SUSPECTS) {
    throw new UnseenError(
      `more than ${MAX_SUSPECTS} documents have no event in the archive, or copies: audit a shorter range`,
    );
  }
  if (slot < 0) {
    suspects.extra.push({ index, id });
    return;
  }
  if (table.flags[slot]! & Flag.Seen) {
    suspects.duplicates.push(id);
    return;
  }
  table.flags[slot]! |= Flag.Seen;
  counts.at(table.cells[slot]! - 1).indexed++;
  const isCompared = source !== undefined && table.flags[slot]! & Flag.Expected;
  if (isCompared && !comparison.hasContent(id, slot, contentHash(source, hash))) table.flags[slot]! |= Flag.Differs;
}
