import type { HttpRequest, HttpResponse } from "../../core/http/send";
import type { SavedObject } from "../../search/saved-objects/saved-object";
import { type HttpServer, startServer } from "./http-server";
import { savedObjectMistakes } from "./saved-object-types";

/**
 * Dashboards' routes of saved objects, as far as set-up calls them, by the source of OpenSearch Dashboards' main branch (3.6.0):
 * src/core/server/saved_objects/routes/{bulk_get,import}.ts, .../import/validate_references.ts and src/core/server/http/lifecycle_handlers.ts.
 */
export class DashboardsServer {
  readonly objects = new Map<string, SavedObject>();

  private constructor(
    readonly server: HttpServer,
    readonly basePath: string,
  ) {}

  static async start(basePath = "/_dashboards"): Promise<DashboardsServer> {
    let dashboards: DashboardsServer | undefined;
    const server = await startServer(async ({ method, target, headers, body }, response) => {
      const { status, body: answer } = await dashboards!.answer(method as HttpRequest["method"], target, headers, body);
      response.writeHead(status, { "Content-Type": "application/json" }).end(answer);
    });
    dashboards = new DashboardsServer(server, basePath);
    return dashboards;
  }

  get url(): string {
    return this.server.origin + this.basePath;
  }

  private async answer(
    method: string,
    target: string,
    headers: Record<string, string>,
    body: Buffer,
  ): Promise<HttpResponse> {
    const { pathname, searchParams } = new URL(target, this.server.origin);
    if (headers["osd-xsrf"] === undefined) return badRequest("Request must contain a osd-xsrf header.");
    if (method !== "POST") return failed(404, "Not Found");
    switch (pathname) {
      case `${this.basePath}/api/saved_objects/_bulk_get`:
        return ok({ saved_objects: JSON.parse(body.toString()).map((key: SavedObject) => this.stored(key)) });
      case `${this.basePath}/api/saved_objects/_import`:
        return this.import(headers, body, searchParams.get("overwrite") === "true");
      default:
        return failed(404, "Not Found");
    }
  }

  private stored({ type, id }: SavedObject): object {
    const error = { statusCode: 404, error: "Not Found", message: `Saved object [${type}/${id}] not found` };
    return this.objects.get(`${type}:${id}`) ?? { type, id, error };
  }

  private async import(headers: Record<string, string>, body: Buffer, overwrites: boolean): Promise<HttpResponse> {
    const form = await new Response(body, { headers: { "Content-Type": headers["content-type"]! } }).formData();
    const file = form.get("file");
    if (!(file instanceof File)) return badRequest("[request body.file]: expected value of type [Stream]");
    if (!file.name.endsWith(".ndjson")) return badRequest("Invalid file extension");
    const given: SavedObject[] = (await file.text())
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
    const errors = given.flatMap((object) => this.importErrors(object, given, overwrites));
    if (errors.length > 0) return ok({ success: false, successCount: 0, errors });
    for (const object of given)
      this.objects.set(`${object.type}:${object.id}`, { ...object, updated_at: "now" } as SavedObject);
    return ok({ success: true, successCount: given.length });
  }

  private importErrors(object: SavedObject, given: readonly SavedObject[], overwrites: boolean): object[] {
    const { type, id } = object;
    const key = `${type}:${id}`;
    const error = (reason: object) => ({ type, id, error: reason });
    const mistakes = savedObjectMistakes(object);
    if (mistakes.length > 0) return [error({ type: "unknown", message: mistakes.join(", "), statusCode: 400 })];
    if (this.objects.has(key) && !overwrites) return [error({ type: "conflict" })];
    const missing = object.references.filter(
      (reference) =>
        ["index-pattern", "search"].includes(reference.type) &&
        !this.objects.has(`${reference.type}:${reference.id}`) &&
        !given.some((other) => other.type === reference.type && other.id === reference.id),
    );
    return missing.length > 0 ? [error({ type: "missing_references", references: missing })] : [];
  }
}

const ok = (body: object): HttpResponse => ({ status: 200, body: JSON.stringify(body) });
const failed = (status: number, message: string): HttpResponse => ({
  status,
  body: JSON.stringify({ statusCode: status, message }),
});
const badRequest = (message: string): HttpResponse => failed(400, message);
