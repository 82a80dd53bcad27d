import type { RequestFault } from "../../faults/proxy";
import type { FaultRule, SharedProxy } from "../../faults/shared-proxy";
import type { FaultDefinition, PageFaultTargets } from "./fault";

type Request = Parameters<FaultRule>[0];

/** Events reach the engine by these requests only. */
const isBulk = ({ url = "" }: Request): boolean => /^[^?]*\/_bulk(\?|$)/.test(url);
/** Batches reach the archive by these requests only. */
const isPut = ({ method }: Request): boolean => method === "PUT";

const json = (status: number, body: object): RequestFault => ({
  ...{ kind: "answer", status, body: JSON.stringify(body) },
  headers: { "content-type": "application/json" },
});
const xml = (status: number, code: string, message: string): RequestFault => ({
  ...{ kind: "answer", status, headers: { "content-type": "application/xml" } },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});
const exception = (status: number, type: string, reason: string): RequestFault =>
  json(status, { error: { root_cause: [{ type, reason }], type, reason }, status });

/** Returns how a fault begins that gives all of a proxy's requests of a kind the same answer. */
function answering(
  proxyOf: (targets: PageFaultTargets) => SharedProxy | undefined,
  hits: (request: Request) => boolean,
  fault: RequestFault,
): FaultDefinition["begin"] {
  return async (targets, strike) => {
    const remove = proxyOf(targets)?.add((request) => {
      if (!hits(request)) return undefined;
      strike();
      return fault;
    });
    return async () => remove?.();
  };
}

const toEngine = (fault: RequestFault) => answering(({ network }) => network.engine, isBulk, fault);
const toArchive = (fault: RequestFault) => answering(({ network }) => network.archive, isPut, fault);
const engine = { site: "search engine", needsOwnEngine: true } as const;
const archive = { site: "archive" } as const;

export const proxyFaults: readonly FaultDefinition[] = [
  {
    ...engine,
    id: "engine-429",
    title: "429 storm",
    does: "The search engine answers every bulk request with 429: its queue is full.",
    expect: "The forwarder waits, tries again until its deadline, and returns the batch to Lambda, which repeats it.",
    begin: toEngine(exception(429, "rejected_execution_exception", "rejected execution of coordinating operation")),
  },
  {
    ...engine,
    id: "engine-503",
    title: "503 storm",
    does: "Every bulk request gets 503, as from a load balancer without a healthy node.",
    expect: "The same as with 429: nothing is acknowledged that is not stored.",
    begin: toEngine({ kind: "answer", status: 503, headers: {}, body: "" }),
  },
  {
    ...engine,
    id: "engine-slow",
    title: "Slow engine",
    does: "The search engine stores events at once, and answers 8 seconds later.",
    expect: "Batches take longer. Events that are sent again have the same ids, so none is stored twice.",
    begin: toEngine({ kind: "late", ms: 8_000 }),
  },
  {
    ...engine,
    id: "certificate-expired",
    title: "Expired certificate",
    does: "The search engine's certificate expired yesterday.",
    expect: "The forwarder sends nothing over such a connection; its error names the certificate.",
    async begin({ network }, strike) {
      network.engine?.expire(true);
      strike();
      return async () => network.engine?.expire(false);
    },
  },
  {
    ...engine,
    id: "access-denied-policy",
    title: "Access denied by the domain",
    does: "A proxy in place of Amazon OpenSearch Service answers 403: the access policy does not allow the role.",
    expect: "The batch is returned to Lambda at once, with an error that says which permission is missing.",
    begin: toEngine(
      json(403, {
        Message: "User: arn:aws:sts::123456789012:assumed-role/forwarder is not authorized to perform: es:ESHttpPost",
      }),
    ),
  },
  {
    ...engine,
    id: "access-denied-role",
    title: "Access denied by a role",
    does: "A proxy answers 403 as the security plugin does: no role of the engine is mapped to the function's role.",
    expect: "The same: the error says that the backend role has to be mapped.",
    begin: toEngine(
      exception(
        403,
        "security_exception",
        "no permissions for [indices:data/write/bulk] and User [name=arn:aws:iam::123456789012:role/forwarder]",
      ),
    ),
  },
  {
    ...archive,
    id: "archive-slow-down",
    title: "S3 refuses",
    does: "S3 answers each PUT with 503 SlowDown.",
    expect: "A batch that is not archived is not acknowledged, although its events are searchable: Lambda repeats it.",
    begin: toArchive(xml(503, "SlowDown", "Please reduce your request rate.")),
  },
  {
    ...archive,
    id: "archive-access-denied",
    title: "S3 denies access",
    does: "S3 answers each PUT with 403 AccessDenied.",
    expect: "The same; the error says that the role needs s3:PutObject, and the key kms:GenerateDataKey.",
    begin: toArchive(xml(403, "AccessDenied", "Access Denied")),
  },
];
