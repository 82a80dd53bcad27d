import type { HttpRequest, HttpResponse } from "../../core/http/send";
import type { ItemResult } from "../../core/sinks/opensearch/bulk-response";
import { FakeServer } from "./fake-server";

export interface BulkAction {
  index: string;
  /** The event's id: the document's `_id` without the hash of account and log group. */
  id: string;
  document: Record<string, unknown>;
}

/**
 * Answers `_bulk` from memory as OpenSearch does: `create` gives 201, and 409 for an id that its index has; a conditional
 * `index` gives 409.
 */
export class SearchEngine extends FakeServer {
  /** `<index>/<_id>` → document. */
  readonly documents = new Map<string, Record<string, unknown>>();
  /** How many actions each request had. */
  readonly sizes: number[] = [];
  /** Maximum size of a body, in bytes. */
  maxBodyBytes = Number.POSITIVE_INFINITY;
  /** Returns the error that rejects an action; undefined to index it. */
  reject: (action: BulkAction) => ItemResult | undefined = () => undefined;

  /** Returns the error that rejects a probe; undefined to accept it. */
  rejectProbe: (action: BulkAction) => ItemResult | undefined = () => undefined;

  constructor() {
    super((request) => this.bulk(request));
  }

  /** The ids of the events. */
  ids(): string[] {
    return [...this.documents.keys()].map((key) => eventIdIn(key.split("/")[1]!));
  }

  private bulk({ method, path, body }: HttpRequest): HttpResponse {
    if (method !== "POST" || !path.startsWith("/_bulk?")) return { status: 405, body: "" };
    if (body.length > this.maxBodyBytes) return { status: 413, body: "Request size exceeded" };
    const lines = body.toString().split("\n");
    if (lines.pop() !== "" || lines.length % 2 === 1) return NO_NEWLINE;
    const items = [];
    for (let i = 0; i < lines.length; i += 2) {
      const { create, index } = JSON.parse(lines[i]!);
      const { _index, _id } = create ?? index;
      const action = { index: _index, id: eventIdIn(_id), document: JSON.parse(lines[i + 1]!) };
      items.push(create ? { create: this.create(action, `${_index}/${_id}`) } : { index: this.probe(action) });
    }
    this.sizes.push(items.length);
    return { status: 200, body: JSON.stringify({ items }) };
  }

  /** To a conditional write, whose condition no document meets. */
  private probe(action: BulkAction): ItemResult {
    return this.rejectProbe(action) ?? { status: 409, error: { type: "version_conflict_engine_exception" } };
  }

  private create(action: BulkAction, key: string): ItemResult {
    const rejected = this.reject(action);
    if (rejected) return rejected;
    if (this.documents.has(key)) return { status: 409, error: { type: "version_conflict_engine_exception" } };
    this.documents.set(key, action.document);
    return { status: 201 };
  }
}

const eventIdIn = (documentId: string) => documentId.replace(/\.[\w-]{16}$/, "");

/** OpenSearch's rejection of a whole request. */
const NO_NEWLINE: HttpResponse = {
  status: 400,
  body: '{"error":{"type":"illegal_argument_exception","reason":"must be terminated by a newline"},"status":400}',
};

/** OpenSearch's rejection of a value that its field's mapping does not accept. */
export const MAPPING_CONFLICT: ItemResult = {
  status: 400,
  error: {
    type: "mapper_parsing_exception",
    reason: "failed to parse field [level] of type [long]",
    caused_by: { reason: 'For input string: "info"' },
  },
};

/** OpenSearch's response while its queue is full. */
export const QUEUE_FULL: ItemResult = {
  status: 429,
  error: { type: "rejected_execution_exception", reason: "rejected execution of coordinating operation" },
};
