import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { awsClients } from "../../aws/clients";
import { listSubscriptions } from "../../emulator/subscriptions";
import type { Session } from "../../start/session";
import { jsonBody, PageError, type PageRequest, type PageSection } from "../server/section";
import type { FaultsState } from "../shared/faults";
import type { FaultDefinition } from "./fault";
import { FaultLab } from "./lab";
import { putSteadily } from "./steady-lines";

export interface FaultsSection extends PageSection {
  /** Undefined until the pipeline delivers. */
  readonly state: FaultsState | undefined;
  /** Looks where the events are, unless it still does; to be called once a second. Nothing is asked before the first fault. */
  update(): void;
}

/** Breaks the pipeline of this session. @param session more is known of it with each step of the start */
export function faultsSection(session: Partial<Session>): FaultsSection {
  let lab: FaultLab | undefined;
  let updating: Promise<void> | undefined;
  const running = (): FaultLab | undefined => {
    if (isReady(session)) lab ??= labOf(session);
    return lab;
  };
  const required = (): FaultLab => {
    const current = running();
    if (!current) throw new PageError("The pipeline does not deliver yet. Wait until its start has ended.", 409);
    return current;
  };
  return {
    get state() {
      const state = running()?.state;
      const { lastError } = session;
      return state?.experiment && lastError !== undefined ? { ...state, lastError } : state;
    },
    update() {
      // What does not answer now is asked again a second later.
      if (updating) return;
      updating = lab
        ?.update()
        .catch(() => {})
        .finally(() => {
          updating = undefined;
        });
    },
    routes: {
      "POST api/faults/begin": {
        async handle(request) {
          const current = required();
          const fault = current.find(idOf(request) ?? "");
          if (!fault) throw new PageError("There is no such fault.", 404);
          if (!current.isAvailable(fault)) throw new PageError("The search engine is not this pipeline's own.", 409);
          // That of another fault, or of the start.
          delete session.lastError;
          await explained(fault.title, () => current.begin(fault));
          return { json: current.state };
        },
      },
      "POST api/faults/heal": {
        async handle(request) {
          const current = required();
          await explained("Heal", () => current.heal(idOf(request)));
          return { json: current.state };
        },
      },
    },
  };
}

/** @throws PageError for anything but an object with a text `id`, or without one */
function idOf(request: PageRequest): string | undefined {
  const { id } = (jsonBody(request) ?? {}) as { id?: unknown };
  if (id === undefined || typeof id === "string") return id;
  throw new PageError("The fault's `id` is not a text.");
}

async function explained(what: FaultDefinition["title"], action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    throw new PageError(`${what}: ${(error as Error).message}`, 502);
  }
}

type Needed = "emulatorUrl" | "searchEndpoint" | "search" | "archive" | "ledger" | "mappings" | "network";
type ReadySession = Required<Pick<Session, Needed>>;

/** Whether the lines of the start are put: before, faults would be counted as the start's. */
function isReady(session: Partial<Session>): session is ReadySession {
  return session.report !== undefined && session.network !== undefined;
}

function labOf({ emulatorUrl, search, archive, ledger, mappings, network }: ReadySession): FaultLab {
  const { logs, kinesis, s3 } = awsClients(emulatorUrl);
  const { logGroups } = ledger;
  const logGroup = logGroups[0]!;
  return new FaultLab({
    ...{ search, archive, s3, logGroup },
    putSteadily: (into) => putSteadily(logs, logGroups, into),
    targets: {
      network,
      searchEndpoint: search.endpoint,
      indexPattern: search.indexPattern,
      killFunctions: () => mappings.killFunctions(),
      async putRecord(Data) {
        const { subscriptions } = await listSubscriptions(emulatorUrl);
        const StreamARN = subscriptions.find((one) => one.logGroup === logGroup)?.streamArn;
        await kinesis.send(new PutRecordCommand({ StreamARN, Data, PartitionKey: "fault" }));
      },
    },
  });
}
