import { writeFile } from "node:fs/promises";
import { s3Failure } from "../../delivery/open-stored";
import type { Session } from "../../start/session";
import { openArchived } from "../search/holding-object";
import { OncePerSecond } from "../search/once-per-second";
import { jsonBody, PageError, type PageRequest, type PageSection } from "../server/section";
import type { QuarantineRows, QuarantineText } from "../shared/quarantine";
import { appliedStack } from "../state/applied-resources";
import { listedObject, quarantineAnswer, quarantineRows, talliesIn } from "./answers";
import { IndexedIds } from "./indexed-ids";
import { readQuarantined } from "./read-object";
import { buttonArguments, indexSettingsFile, replayCommandLines } from "./replay-command";
import { replayIn, type StartReplay } from "./replay-process";
import { replayedTimeFields, replayRange } from "./replay-range";
import { replayRequestOf } from "./replay-request";
import { ReplayRuns } from "./replay-runs";
import { sessionQuarantine } from "./session-places";
import { type QuarantineSources, QuarantineStore, type QuarantineTimes } from "./store";

export interface QuarantineSection extends PageSection {
  /** Entries of all kinds; undefined until they were looked for. */
  readonly entries: number | undefined;
  /** Looks for what is new, unless it still does; to be called once a second. Never rejects. */
  update(): Promise<void>;
  stop(): Promise<void>;
}

export interface QuarantineIo {
  /** @default those of the session */
  readonly sources?: () => Promise<QuarantineSources | undefined>;
  /** @default a process of its own */
  readonly startReplay?: (emulatorUrl: string) => StartReplay;
  /** @default those of a `QuarantineStore` */
  readonly times?: QuarantineTimes;
}

const NOT_YET = "The pipeline is still starting: nothing can be in quarantine yet.";

const NO_SETTINGS =
  "The pipeline's stack has no output index_settings: Terraform may be applying it just now. Nothing was done: try again.";

/** Waits for what S3 gives. @throws PageError that says what it answers in place of that */
const given = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw new PageError(`The object cannot be read: ${s3Failure(error)}.`, 502);
  });

const TIME_FIELDS =
  "The streams of these records have different time fields, and a replay has one. Choose one log group or, in a terminal, " +
  "run npm run replay for each stream: --log-group <its name> --time-field <its time_field>.";

/** Shows what is in quarantine, and replays it. @param session more is known of it with each step of the start */
export function quarantineSection(
  session: Partial<Session>,
  { sources = sessionQuarantine(session), startReplay = replayIn, times }: QuarantineIo = {},
): QuarantineSection {
  const store = new QuarantineStore(sources, times);
  const indexed = new IndexedIds();
  const runs = new ReplayRuns();
  const pages = new OncePerSecond<QuarantineRows>();
  let updating: Promise<void> | undefined;
  const update = () => {
    updating ??= store.update().finally(() => {
      updating = undefined;
    });
    return updating;
  };
  const s3Now = async () => {
    const s3 = (await sources())?.s3;
    if (!s3) throw new PageError(NOT_YET, 503);
    if (!store.places) await update();
    return s3;
  };
  /** Never waits: the next answer has what is found. */
  const look = () => {
    if (session.search) void indexed.look(session.search, [...talliesIn(store.places ?? [])]).catch(() => {});
  };
  return {
    get entries() {
      return store.places && [...talliesIn(store.places)].reduce((sum, { entries }) => sum + entries, 0);
    },
    update,
    stop: () => runs.stop(),
    routes: {
      "GET api/quarantine": {
        async handle({ query }) {
          await s3Now();
          look();
          return { json: quarantineAnswer(store, { origin: query.get("origin") ?? undefined }, runs.shown) };
        },
      },
      "GET api/quarantine/rows": {
        async handle({ query }) {
          const s3 = await s3Now();
          const asked = {
            kind: query.get("kind") ?? "",
            origin: query.get("origin") ?? undefined,
            reason: query.get("reason") ?? undefined,
            after: query.get("after") ?? undefined,
          };
          return { json: await pages.ask(query.toString(), () => quarantineRows(store, s3, asked)) };
        },
      },
      "GET api/quarantine/text": {
        async handle({ query }) {
          const s3 = await s3Now();
          const { place, object } = listedObject(store, query.get("kind") ?? "", query.get("key") ?? "");
          const opened = Number(query.get("entry"));
          if (!Number.isSafeInteger(opened) || opened < 1) throw new PageError("entry is no number of an entry.");
          const [entry] = (await given(readQuarantined(s3, place, object, { opened }))) ?? [];
          if (!entry) throw new PageError("The object has no such entry (any more).", 404);
          return { json: { text: entry.text, more: entry.more } satisfies QuarantineText };
        },
      },
      "GET api/quarantine/object": {
        async handle({ query }) {
          const s3 = await s3Now();
          const { place, object } = listedObject(store, query.get("kind") ?? "", query.get("key") ?? "");
          const { key } = object;
          const content = await given(openArchived(s3, { bucket: place.bucket, key }));
          return { fileName: key.slice(key.lastIndexOf("/") + 1), content };
        },
      },
      "POST api/quarantine/replay": {
        async handle(request: PageRequest) {
          const asked = replayRequestOf(jsonBody(request));
          await s3Now();
          const { emulatorUrl, search, pipeline, directory } = session;
          if (!emulatorUrl || !search || !pipeline || !directory) throw new PageError(NOT_YET, 503);
          if (runs.isRunning) throw new PageError("A replay runs already. Wait until it has ended, or cancel it.", 409);
          const places = (store.places ?? []).filter(({ place }) => place.kind === asked.kind);
          const [first] = places;
          if (!first) throw new PageError("The pipeline has no quarantine of this kind.", 404);
          const lateHours = replayRange(places, asked.origin)?.lateHours ?? 1;
          const [timeField, ...others] = replayedTimeFields(places, asked.origin);
          if (others.length > 0) throw new PageError(TIME_FIELDS, 409);
          const replay = { request: asked, place: first.place, lateHours, timeField };
          const surroundings = { searchEndpoint: search.endpoint, directory, stackDirectory: pipeline.directory };
          void runs.begin({
            request: asked,
            command: replayCommandLines(replay, surroundings),
            words: buttonArguments(replay, surroundings),
            start: startReplay(emulatorUrl),
            async prepare() {
              if (asked.kind === "access-logs") return;
              const { index_settings } = (await appliedStack(pipeline.directory)).outputs;
              if (index_settings === undefined) throw new Error(NO_SETTINGS);
              await writeFile(indexSettingsFile(directory), JSON.stringify(index_settings, null, 2));
            },
          });
          return { json: runs.shown };
        },
      },
      "POST api/quarantine/cancel": {
        async handle() {
          runs.cancel();
          return { json: runs.shown ?? {} };
        },
      },
    },
  };
}
