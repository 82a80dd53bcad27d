import type { KinesisStreamRecord } from "aws-lambda";
import { awsClients } from "../../aws/clients";
import { listSubscriptions, subscribedLogGroups } from "../../emulator/subscriptions";
import type { Session } from "../../start/session";
import { timeFieldValue } from "../../terraform/log-groups";
import { PageError, type PageRequest, type PageSection } from "../server/section";
import { LARGER_PUTS, MAX_PUT_BYTES, type PutState } from "../shared/put";
import { PagePuts, type PutRequest } from "./page-puts";

export interface PutSection extends PageSection {
  /** Undefined until the pipeline delivers. */
  readonly state: PutState | undefined;
  /** Looks how far the puts are, unless it still does; to be called once a second. @param isBroken whether something is broken */
  update(isBroken: boolean): void;
  /** Event source mappings have read these records. */
  read(records: readonly KinesisStreamRecord[]): void;
  /** A function is invoked with this event. */
  invoked(event: unknown): void;
}

export interface PutSectionOptions {
  /** More is known of it with each step of the start. */
  readonly session: Partial<Session>;
  /** Log groups to choose from, as last listed. */
  logGroups(): readonly string[];
  /** @default those of the session */
  readonly puts?: () => PagePuts | undefined;
}

/** Puts what is typed or dropped into the running pipeline. */
export function putSection({ session, logGroups, puts = putsOf(session) }: PutSectionOptions): PutSection {
  let updating: Promise<void> | undefined;
  return {
    get state() {
      const current = puts();
      return current && { logGroups: logGroups(), ...current.shown };
    },
    update(isBroken) {
      if (updating) return;
      updating = puts()
        ?.update(isBroken)
        .finally(() => {
          updating = undefined;
        });
    },
    read: (records) => puts()?.stream?.read(records),
    invoked: (event) => puts()?.stream?.invoked(event),
    routes: {
      "POST api/put": {
        body: { type: "application/octet-stream", maxBytes: MAX_PUT_BYTES, advice: LARGER_PUTS },
        async handle(request) {
          const current = puts();
          if (!current) throw new PageError("The pipeline does not deliver yet. Wait until its lanes are there.", 409);
          return { json: { id: await current.put(putRequest(request)) } };
        },
      },
    },
  };
}

/** @throws PageError for another request than the page's */
function putRequest({ query, content }: PageRequest): PutRequest {
  const [logGroup, timeField] = ["group", "timeField"].map((name) => query.get(name) || undefined);
  const errors = [
    ...(logGroup === undefined ? ["group is missing. Allowed: a log group's name."] : []),
    ...(timeField !== undefined && timeFieldValue.parse(timeField) === undefined
      ? [`The time field is ${JSON.stringify(timeField)}. Allowed: ${timeFieldValue.allowed}.`]
      : []),
  ];
  if (errors.length > 0) throw new PageError(errors.join("\n"));
  const size = Number(query.get("size") ?? 0);
  return {
    ...{ logGroup: logGroup!, timeField, content: content! },
    fileName: query.get("name") || undefined,
    skipInvalidLines: query.get("skip") === "1",
    size: Number.isSafeInteger(size) && size > 0 ? size : undefined,
  };
}

/** Returns the puts into the pipeline of a session, as soon as it delivers. */
function putsOf(session: Partial<Session>): () => PagePuts | undefined {
  let puts: PagePuts | undefined;
  return () => {
    const { emulatorUrl, search, archive, mappings } = session;
    if (puts || emulatorUrl === undefined || !search || !archive || !mappings) return puts;
    const { logs, s3 } = awsClients(emulatorUrl);
    puts = new PagePuts({
      ...{ archive, s3, logs, search },
      logGroups: async () => subscribedLogGroups((await listSubscriptions(emulatorUrl)).subscriptions),
    });
    return puts;
  };
}
