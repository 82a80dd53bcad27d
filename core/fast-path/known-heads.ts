import type { IndexLayouts } from "../events/index-layout";
import { IndexSlots } from "../events/index-slot";
import type { MessageParsing } from "../parsers/message-parsing";
import { isOnlyDate } from "../sinks/opensearch/field-text";
import { GroupPrefix } from "./group-prefix";
import type { NamedEnvelope } from "./open-envelope";

/** Most log groups of a batch, and of the next ones: each takes up to 3 KB. */
const MAX_KNOWN = 1024;

/** Longer heads are parsed. Names have at most 512 bytes, and most a tenth of them. */
export const MAX_KNOWN_HEAD_BYTES = 1024;

/** What follows from a head depends on. */
export interface HeadContext {
  readonly region: string;
  readonly layouts: IndexLayouts;
  readonly parsing: Pick<MessageParsing, "of"> | undefined;
}

interface KnownGroup {
  /** The beginning of its heads. */
  readonly start: string;
  readonly owner: string;
  readonly logGroup: string;
  readonly indices: IndexSlots;
  readonly prefix: GroupPrefix;
}

const OWNER = '{"messageType":"DATA_MESSAGE","owner":"';
const LOG_GROUP = '","logGroup":"';

/**
 * Remembers log groups by all bytes of a head's beginning: reading names, naming an index and writing a line prefix take longer than
 * writing an event. Log streams are not remembered: each record may have another one, and what follows from its name is little.
 */
export class KnownHeads {
  #context: HeadContext | undefined;
  readonly #groups = new Map<string, KnownGroup>();
  /** Of the record before. */
  #last: KnownGroup | undefined;

  /**
   * Returns what a head says.
   *
   * @param start of a head that `findNames` has read, up to the end of the log group's name
   * @param logStream its name, in ASCII and without escapes
   */
  of(start: string, logStream: string, context: HeadContext): NamedEnvelope {
    this.#use(context);
    if (this.#last?.start !== start) this.#last = this.#group(start, context);
    const { owner, logGroup, indices, prefix } = this.#last;
    return {
      ...{ owner, logGroup, logStream, indices },
      parsing: context.parsing?.of({ logGroup, logStream }),
      // Such a text is written differently.
      prefix: isOnlyDate(logStream) ? undefined : prefix,
    };
  }

  #group(start: string, { region, layouts }: HeadContext): KnownGroup {
    const known = this.#groups.get(start);
    if (known) return known;
    const at = start.indexOf(LOG_GROUP, OWNER.length);
    const owner = start.slice(OWNER.length, at);
    const logGroup = start.slice(at + LOG_GROUP.length);
    const indices = new IndexSlots(layouts, logGroup);
    const made = { start, owner, logGroup, indices, prefix: new GroupPrefix({ owner, logGroup, region }, indices) };
    // Forgets the one that was made first, if there are too many.
    if (this.#groups.size >= MAX_KNOWN) this.#groups.delete(this.#groups.keys().next().value!);
    this.#groups.set(start, made);
    return made;
  }

  /** All else depends on it. */
  #use(context: HeadContext): void {
    const last = this.#context;
    if (last && last.layouts === context.layouts && last.parsing === context.parsing && last.region === context.region)
      return;
    this.#context = context;
    this.#groups.clear();
    this.#last = undefined;
  }
}
