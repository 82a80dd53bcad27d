import type { FoundEvents } from "../../delivery/found-events";
import type { CheckedEvents } from "../followed-events/copy-check";
import type { PutKind, PutMark, PutReason } from "../shared/put";
import type { ReceivedFile } from "./received-file";

/** Where lines can be put: all of a kind. */
export interface PutDestination {
  readonly kind: PutKind;
  /** Those that lines can be put into. @throws Error when the emulator does not answer */
  names(): Promise<readonly string[]>;
  /** Checks what is to be put. @throws PageError for what cannot be put */
  check(request: CheckRequest): Promise<CheckedPut>;
  /** Before the first of its puts that are in flight. */
  begin(): Promise<void>;
  /** Looks at all but the index, for its puts that are in flight. @throws Error when something does not answer */
  update(): Promise<void>;
  /** Which objects cannot be read, and why, as sentences: what only these hold is not counted. */
  readonly unreadable: readonly string[];
}

export interface CheckRequest extends PutChoices {
  readonly file: ReceivedFile;
  /** Another one for each put: what its lines have in common, and no others. */
  readonly label: string;
}

/** What somebody chooses who puts lines. */
export interface PutChoices {
  /** Of the target. */
  readonly name: string;
  /** Undefined: the lines were typed. */
  readonly fileName: string | undefined;
  readonly skipInvalidLines: boolean;
  /** The field of JSON lines that holds their time. */
  readonly timeField: string | undefined;
}

export interface CheckedPut {
  readonly lines: number;
  /** Sentences about lines that are left out, and times. */
  readonly notes: readonly string[];
  readonly journey: PutJourney;
}

/** How the lines of a put are put, and what becomes of them. Each has a number, which its document's id has. */
export interface PutJourney {
  readonly mark: PutMark;
  /**
   * Puts all lines.
   *
   * @param onPut called with the number of lines that are accepted, and the text of the first ones, or of none
   * @throws Error when no further line can be put
   */
  put(onPut: (lines: number, texts: readonly string[]) => void): Promise<void>;
  /** Those that are accepted. */
  readonly events: CheckedEvents;
  /** Undefined: such a lane has no archive. */
  readonly archived: FoundEvents | undefined;
  readonly quarantined: QuarantinedLines;
}

/** Lines of a put that are in quarantine, in place of the index. */
export interface QuarantinedLines {
  /** Those that are events of the put. */
  readonly events: number;
  /** All, also lines that are too long for an event. */
  readonly lines: number;
  readonly reasons: readonly PutReason[];
  reasonOf(number: number): string | undefined;
  /** Objects that were added to `dead-letter/` since it began. */
  readonly deadLettered: number;
}
