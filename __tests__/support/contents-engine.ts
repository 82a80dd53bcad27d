import type { HttpRequest, HttpResponse } from "../../core/http/send";
import { FakeServer } from "./fake-server";

/** What deletes indices: OpenSearch and its first name have ISM, Elasticsearch ILM; some engines nothing. */
export type LifecycleOf = "ism" | "opendistro" | "ilm" | "nothing";

const POLICIES: Record<Exclude<LifecycleOf, "nothing">, string> = {
  ism: "/_plugins/_ism/policies/",
  opendistro: "/_opendistro/_ism/policies/",
  ilm: "/_ilm/policy/",
};

/** Keeps index templates and lifecycle policies as engines do. */
export class ContentsEngine extends FakeServer {
  /** By name. */
  readonly templates = new Map<string, object>();
  readonly policies = new Map<string, object>();
  /** Returns an answer in place of the engine's own. */
  meddle: (request: HttpRequest) => HttpResponse | undefined = () => undefined;

  constructor(private readonly lifecycle: LifecycleOf = "ism") {
    super((request) => this.meddle(request) ?? this.#answer(request));
  }

  /** Method and path of each request. */
  get calls(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
  }

  #answer({ method, path, body }: HttpRequest): HttpResponse {
    const [name, query] = path.slice(path.lastIndexOf("/") + 1).split("?");
    const parsed = method === "PUT" ? JSON.parse(body.toString()) : undefined;
    if (path.startsWith("/_index_template/")) return this.#template(name!, parsed);
    const [policies] = Object.entries(POLICIES).find(([, base]) => path.startsWith(base)) ?? [];
    // Elasticsearch 7.10 takes this path for one of a document, OpenSearch 2 for none.
    if (path.startsWith(POLICIES.ilm) && this.lifecycle === "nothing")
      return rejectedWith(404, "index_not_found_exception");
    if (policies !== this.lifecycle) return NO_HANDLER;
    return policies === "ilm" ? this.#ilm(name!, parsed) : this.#ism(name!, parsed, query);
  }

  #template(name: string, put: object | undefined): HttpResponse {
    if (put) this.templates.set(name, put);
    const index_template = this.templates.get(name);
    if (put) return json(200, { acknowledged: true });
    return index_template ? json(200, { index_templates: [{ name, index_template }] }) : MISSING;
  }

  /** A policy is overwritten only by who names the sequence number of the one that is there. */
  #ism(name: string, put: object | undefined, query = ""): HttpResponse {
    const known = this.policies.get(name);
    if (!put) return known ? json(200, { _id: name, _seq_no: 7, _primary_term: 1, ...known }) : MISSING;
    if (known && query !== "if_seq_no=7&if_primary_term=1")
      return rejectedWith(409, "version_conflict_engine_exception");
    this.policies.set(name, put);
    return json(201, { _id: name });
  }

  #ilm(name: string, put: object | undefined): HttpResponse {
    const known = this.policies.get(name);
    if (!put) return known ? json(200, { [name]: known }) : MISSING;
    this.policies.set(name, put);
    return json(200, { acknowledged: true });
  }
}

const json = (status: number, body: object): HttpResponse => ({ status, body: JSON.stringify(body) });

/** @param reason may quote what nobody must log */
export const rejectedWith = (status: number, type: string, reason = "a secret"): HttpResponse =>
  json(status, { error: { root_cause: [], type, reason }, status });

const MISSING = rejectedWith(404, "resource_not_found_exception", "index template matching [x] not found");

/** OpenSearch's and Elasticsearch's answer to a path that they do not know. */
const NO_HANDLER = json(400, { error: "no handler found for uri [/x] and method [GET]" });
