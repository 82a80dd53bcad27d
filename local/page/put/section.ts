import type { KinesisStreamRecord } from "aws-lambda";
import { allAppliedAccessLogs } from "../../access-logs/applied";
import { awsClients } from "../../aws/clients";
import { listSubscriptions, subscribedLogGroups } from "../../emulator/subscriptions";
import type { Session } from "../../start/session";
import { timeFieldValue } from "../../terraform/log-groups";
import { PageError, type PageRequest, type PageSection } from "../server/section";
import { LARGER_PUTS, MAX_PUT_BYTES, PUT_PARAMETERS, type PutKind, type PutState, type PutTarget } from "../shared/put";
import { AccessLogPuts } from "./access-log-puts";
import { LogGroupPuts } from "./log-group-puts";
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
  /** To choose from, as last listed. */
  targets(): readonly PutTarget[];
  /** @default those of the session */
  readonly puts?: () => PagePuts | undefined;
}

/** Puts what is typed or dropped into the running pipeline. */
export function putSection({ session, targets, puts = putsOf(session) }: PutSectionOptions): PutSection {
  let updating: Promise<void> | undefined;
  return {
    get state() {
      const current = puts();
      return current && { targets: targets(), ...current.shown };
    },
    update(isBroken) {
      if (updating) return;
      updating = puts()
        ?.update(isBroken)
        .finally(() => {
          updating = undefined;
        });
    },
    read: (records) => puts()?.progress?.read(records),
    invoked: (event) => puts()?.progress?.invoked(event),
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
  const kinds = Object.keys(PUT_PARAMETERS) as PutKind[];
  const targets = kinds.flatMap((kind) => {
    const name = query.get(PUT_PARAMETERS[kind]) ?? "";
    return name === "" ? [] : [{ kind, name }];
  });
  const timeField = query.get("timeField") || undefined;
  const errors = [
    ...(targets.length === 1
      ? []
      : [`${targets.length} targets are given. Allowed: group, a log group's name, or bucket, that of access logs.`]),
    ...(timeField !== undefined && timeFieldValue.parse(timeField) === undefined
      ? [`The time field is ${JSON.stringify(timeField)}. Allowed: ${timeFieldValue.allowed}.`]
      : []),
  ];
  if (errors.length > 0) throw new PageError(errors.join("\n"));
  const size = Number(query.get("size") ?? 0);
  return {
    ...{ ...targets[0]!, timeField, content: content! },
    fileName: query.get("file") || undefined,
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
    const { lambda, logs, s3 } = awsClients(emulatorUrl);
    const { now } = Date;
    const logGroups = async () => subscribedLogGroups((await listSubscriptions(emulatorUrl)).subscriptions);
    const destinations = [
      new LogGroupPuts({ archive, s3, logs, logGroups, now }),
      new AccessLogPuts({ s3, accessLogs: () => allAppliedAccessLogs(lambda), now }),
    ];
    puts = new PagePuts({ destinations, search, now });
    return puts;
  };
}
