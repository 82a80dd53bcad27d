import { gunzipSync } from "node:zlib";
import { documentId } from "../../core/events/document-id";
import type { Envelope } from "../../core/events/envelope";
import { type IndexLayouts, indexNameOf } from "../../core/events/index-layout";
import type { MemoryBucket } from "../support/bucket";
import type { SearchEngine } from "../support/search-engine";
import { eventIn, type Put } from "./records";

/** How often something was found. */
type Counts = Map<string, number>;

/** What is kept where, in the model's own terms: events by number, records by name. */
export class Ledger {
  readonly #records = new Map<number, string>();
  readonly #read = new WeakMap<Buffer, string[]>();

  constructor(
    puts: Put[],
    private readonly engine: SearchEngine,
    private readonly bucket: MemoryBucket,
    private readonly layouts: IndexLayouts,
  ) {
    for (const { name, events } of puts) for (const { n } of events) this.#records.set(n, name);
  }

  /** Events in the index. */
  indexed(): Counts {
    return counts([...this.engine.documents.values()].map((document) => String(eventIn(JSON.stringify(document)))));
  }

  /** Records in the archive. */
  archived(): Counts {
    return this.#in("archive/", (body) =>
      lines(body).map((line) => {
        const { subscriptionFilters, logEvents } = JSON.parse(line);
        return subscriptionFilters?.[0] ?? this.#records.get(eventIn(logEvents[0].message));
      }),
    );
  }

  /** Where the documents of archived events have to be, by what a replay would make of them: `<index>/<_id>`. */
  placesInArchive(): Map<number, string> {
    const envelopes = this.bucket.lines("archive/").map((line) => JSON.parse(line) as Envelope);
    return new Map(
      envelopes.flatMap((envelope) =>
        envelope.logEvents.map(({ id, timestamp, message }) => {
          return [
            eventIn(message),
            `${indexNameOf(this.layouts, envelope.logGroup, timestamp)}/${documentId(id, envelope)}`,
          ];
        }),
      ),
    );
  }

  /** Events under rejected/. */
  rejected(): Counts {
    return this.#in("rejected/", (body) =>
      lines(body).map((line) => String(eventIn(JSON.parse(line).logEvents[0].message))),
    );
  }

  /** The bytes, in base64, of what is under dead-letter/. */
  deadLetters(): Counts {
    return this.#in("dead-letter/", (body) => [body.toString("base64")]);
  }

  #in(prefix: string, read: (body: Buffer) => string[]): Counts {
    const found: string[] = [];
    for (const [key, body] of this.bucket.objects) {
      if (!key.startsWith(prefix)) continue;
      const content = this.#read.get(body) ?? read(body);
      this.#read.set(body, content);
      found.push(...content);
    }
    return counts(found);
  }
}

export function counts(found: string[]): Counts {
  const counted: Counts = new Map();
  for (const one of found) counted.set(one, (counted.get(one) ?? 0) + 1);
  return counted;
}

function lines(body: Buffer): string[] {
  return gunzipSync(body).toString().split("\n").slice(0, -1);
}
