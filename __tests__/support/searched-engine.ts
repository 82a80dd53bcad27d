import type { HttpRequest, HttpResponse, Send } from "../../core/http/send";
import { memberOf } from "../../core/json/object";
import { SearchEngine } from "./search-engine";

interface Query {
  bool?: { filter?: Query[]; must_not?: Query[]; should?: Query[] };
  range?: { "@timestamp": { gte: string; lt: string } };
  exists?: { field: string };
  terms?: { _index: string[] };
  ids?: { values: string[] };
  term?: Record<string, string>;
  prefix?: Record<string, string>;
}

interface Hit {
  _index: string;
  _id: string;
  _seq_no: number;
  _primary_term: number;
  _source?: unknown;
}

/** A search engine in memory whose documents can be listed, searched page by page, named and removed. */
export class SearchedEngine {
  readonly engine = new SearchEngine();
  /** Method and path of each request but those that deliver. */
  readonly calls: string[] = [];
  /** Returns an answer in place of the engine's own. */
  meddle: (request: HttpRequest, calls: readonly string[]) => HttpResponse | Error | undefined = () => undefined;
  readonly closed = new Set<string>();
  /** Documents that no search finds yet. */
  readonly unrefreshed = new Set<string>();
  /** The most hits that a page of a scroll has. */
  maxPage = 3;
  private scrolls = new Map<string, Hit[][]>();

  get documents(): Map<string, Record<string, unknown>> {
    return this.engine.documents;
  }

  readonly send: Send = async (request) => {
    const { method, path } = request;
    if (path.startsWith("/_bulk?")) return this.engine.send(request);
    this.calls.push(`${method} ${path}`);
    const answer = this.meddle(request, this.calls) ?? this.answer(request);
    if (answer instanceof Error) throw answer;
    return answer;
  };

  private answer({ method, path, body }: HttpRequest): HttpResponse {
    const [place = "", query = ""] = decodeURIComponent(path).slice(1).split("?");
    const names = place.split("/");
    const action = names.at(-1)!;
    if (action === "_bulk") return this.remove(body.toString());
    const json = body.length > 0 ? JSON.parse(body.toString()) : {};
    if (names[0] === "_cat") return ok(this.indices().map((index) => ({ index, status: this.statusOf(index) })));
    if (action === "_mget") return ok({ docs: json.docs.map((doc: Hit) => this.named(doc)) });
    if (action === "scroll") return method === "DELETE" ? ok({}) : this.next(json.scroll_id);
    if (action === "_refresh") {
      this.unrefreshed.clear();
      return ok({});
    }
    const shut = names[0]!.split(",").find((name) => this.closed.has(name));
    if (shut) return { status: 400, body: JSON.stringify({ error: { type: "index_closed_exception" } }) };
    const hits = this.hits(names[0]!, json);
    if (action === "_count") return ok({ count: hits.length, _shards: SHARDS });
    if (!query.includes("scroll=")) return ok({ hits: { total: { value: hits.length }, hits }, _shards: SHARDS });
    const size = Math.min(json.size, this.maxPage);
    const pages: Hit[][] = [];
    for (let start = 0; start < hits.length; start += size) pages.push(hits.slice(start, start + size));
    const id = `scroll-${this.scrolls.size}-${hits.length}`;
    this.scrolls.set(id, pages);
    return this.next(id);
  }

  private next(id: string): HttpResponse {
    const pages = this.scrolls.get(id);
    if (!pages) return { status: 404, body: JSON.stringify({ error: { type: "search_context_missing_exception" } }) };
    const total = { value: Number(id.split("-").at(-1)) };
    return ok({ _scroll_id: id, hits: { total, hits: pages.shift() ?? [] }, _shards: SHARDS });
  }

  private indices(): string[] {
    return [...new Set([...this.documents.keys()].map((key) => key.split("/")[0]!))];
  }

  private statusOf(index: string): string {
    return this.closed.has(index) ? "close" : "open";
  }

  private hits(names: string, { query, _source }: { query: Query; _source?: unknown }): Hit[] {
    const patterns = names
      .split(",")
      .map((name) => new RegExp(`^${name.replaceAll(".", "\\.").replaceAll("*", ".*")}$`));
    return [...this.documents].flatMap(([key, document]) => {
      const slash = key.indexOf("/");
      const [index, id] = [key.slice(0, slash), key.slice(slash + 1)];
      const isFound = patterns.some((pattern) => pattern.test(index)) && !this.unrefreshed.has(key);
      if (!isFound || this.closed.has(index) || !matches(query, index, id, document)) return [];
      return [hitOf(index, id, _source === false ? undefined : document)];
    });
  }

  private named({ _index, _id }: Hit) {
    const document = this.documents.get(`${_index}/${_id}`);
    return document ? { ...hitOf(_index, _id, document), found: true } : { _index, _id, found: false };
  }

  private remove(lines: string): HttpResponse {
    const items = lines
      .trim()
      .split("\n")
      .map((line) => {
        const { _index, _id, if_seq_no, if_primary_term } = JSON.parse(line).delete;
        const key = `${_index}/${_id}`;
        if (if_seq_no !== 7 || if_primary_term !== 1) return { delete: { status: 409 } };
        return { delete: { status: this.documents.delete(key) ? 200 : 404 } };
      });
    return ok({ items });
  }
}

const SHARDS = { total: 1, successful: 1, skipped: 0, failed: 0 };

const ok = (json: object): HttpResponse => ({ status: 200, body: JSON.stringify(json) });

const hitOf = (_index: string, _id: string, _source: unknown): Hit => ({
  ...{ _index, _id, _seq_no: 7, _primary_term: 1 },
  ...(_source !== undefined && { _source }),
});

function matches(query: Query, index: string, id: string, document: Record<string, unknown>): boolean {
  const each = (queries: Query[] = []) => queries.map((one) => matches(one, index, id, document));
  if (query.bool) {
    const { filter, must_not, should } = query.bool;
    return (
      each(filter).every(Boolean) &&
      !each(must_not).some(Boolean) &&
      (should === undefined || each(should).some(Boolean))
    );
  }
  if (query.range) {
    const time = Date.parse(String(document["@timestamp"]));
    const { gte, lt } = query.range["@timestamp"];
    return time >= Date.parse(gte) && time < Date.parse(lt);
  }
  if (query.exists) return memberOf(document, query.exists.field) !== undefined;
  if (query.terms) return query.terms._index.includes(index);
  if (query.ids) return query.ids.values.includes(id);
  const [field, value] = Object.entries((query.term ?? query.prefix)!)[0]!;
  const given = memberOf(document, field);
  return query.prefix ? typeof given === "string" && given.startsWith(value) : given === value;
}
