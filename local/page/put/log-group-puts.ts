import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { inspectFiles } from "../../log-events/files";
import { logStreamName, MAX_LOG_STREAM_NAME } from "../../log-events/inputs";
import type { LineSource } from "../../log-events/line";
import { putLines } from "../../log-events/put";
import type { CheckedEvents } from "../followed-events/copy-check";
import { FollowedEvents, type FollowedEventsIo } from "../followed-events/followed-events";
import { STREAM_FIELDS } from "../search/conditions";
import { PageError } from "../server/section";
import type { CheckedPut, CheckRequest, PutDestination, PutJourney, QuarantinedLines } from "./put-journey";
import { PAGE_WORDS } from "./put-words";
import { countReasons } from "./reasons";

export interface LogGroupPutsIo extends FollowedEventsIo {
  readonly logs: CloudWatchLogsClient;
  /** Log groups that lines can be put into. @throws Error when the emulator does not answer */
  logGroups(): Promise<readonly string[]>;
  /** In milliseconds since the epoch. */
  now(): number;
}

/** Puts lines into log groups by the rules of `npm start -- put`, each put into a log stream of its own. */
export class LogGroupPuts implements PutDestination {
  readonly kind = "log group";
  readonly #events: FollowedEvents;

  constructor(private readonly io: LogGroupPutsIo) {
    this.#events = new FollowedEvents(io);
  }

  names(): Promise<readonly string[]> {
    return this.io.logGroups();
  }

  async check({ name, file, fileName = "", label, skipInvalidLines, timeField }: CheckRequest): Promise<CheckedPut> {
    const logStream = streamNameOf(`page/${label}/${fileName.toWellFormed() || "typed"}`);
    const input = { file: fileName, name: PAGE_WORDS.subject(fileName), logGroup: name, logStream };
    const inspected = await inspectFiles(
      [{ ...input, isStream: false, open: file.open }],
      { skipInvalidLines, timeField, words: PAGE_WORDS },
      this.io.now(),
    );
    if (inspected.errors.length > 0) throw new PageError(inspected.errors.join("\n"));
    const { lines, notes } = inspected;
    const journey = new LogGroupJourney({ logs: this.io.logs, events: this.#events, lines, logGroup: name, logStream });
    return { lines: lines.count, notes, journey };
  }

  begin(): Promise<void> {
    return this.#events.begin();
  }

  update(): Promise<void> {
    return this.#events.update();
  }

  get unreadable(): readonly string[] {
    return this.#events.unreadable;
  }
}

interface LogGroupLines {
  readonly logs: CloudWatchLogsClient;
  readonly events: FollowedEvents;
  readonly lines: LineSource;
  readonly logGroup: string;
  readonly logStream: string;
}

class LogGroupJourney implements PutJourney {
  #first = 0;
  #count = 0;
  #deadLetteredBefore = 0;

  constructor(private readonly io: LogGroupLines) {}

  get mark() {
    return { field: STREAM_FIELDS[0], value: this.io.logStream };
  }

  async put(onPut: (lines: number, texts: readonly string[]) => void): Promise<void> {
    const { logs, events, lines, logGroup } = this.io;
    this.#first = events.ledger.size;
    this.#deadLetteredBefore = events.added.deadLettered;
    await putLines(logs, lines, ({ lines: put, firstId }) => {
      const times = put.map(({ timestamp }) => timestamp);
      events.ledger.add(logGroup, firstId, times);
      this.#count += put.length;
      onPut(
        put.length,
        put.map(({ message }) => message),
      );
    });
  }

  get events(): CheckedEvents {
    return { ledger: this.io.events.ledger, range: { first: this.#first, count: this.#count } };
  }

  get archived() {
    return this.io.events.archived;
  }

  get quarantined(): QuarantinedLines {
    const { rejections, added } = this.io.events;
    const ofPut = [...rejections].filter(([number]) => number >= this.#first && number < this.#first + this.#count);
    return {
      ...{ events: ofPut.length, lines: ofPut.length },
      reasons: countReasons(ofPut.map(([, reason]) => reason)),
      reasonOf: (number) => rejections.get(number),
      deadLettered: added.deadLettered - this.#deadLetteredBefore,
    };
  }
}

/** Another one for each put, so that all of its documents can be found by it. Source: see MAX_LOG_STREAM_NAME. */
function streamNameOf(name: string): string {
  let stream = "";
  for (const character of logStreamName(name)) {
    if (stream.length + character.length > MAX_LOG_STREAM_NAME) break;
    stream += character;
  }
  return stream;
}
