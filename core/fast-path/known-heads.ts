import type { IndexLayouts } from "../events/index-layout";
import { IndexSlots } from "../events/index-slot";
import type { MessageParsing } from "../parsers/message-parsing";
import { fieldText } from "../sinks/opensearch/field-text";
import { GroupPrefix } from "./group-prefix";
import type { NamedEnvelope } from "./open-envelope";

/** Most log groups and log streams of a batch, and of the next ones: each takes up to 3 KB. */
const MAX_KNOWN = 1024;

/** Longer heads are not remembered. Names have at most 512 bytes, and most a tenth of them. */
export const MAX_KNOWN_HEAD_BYTES = 1024;

/** What follows from a head depends on. */
export interface HeadContext {
  readonly region: string;
  readonly layouts: IndexLayouts;
  readonly parsing: Pick<MessageParsing, "of"> | undefined;
}

interface KnownGroup {
  readonly owner: string;
  readonly logGroup: string;
  readonly indices: IndexSlots;
  readonly prefix: GroupPrefix;
}

const OWNER = '{"messageType":"DATA_MESSAGE","owner":"';
const LOG_GROUP = '","logGroup":"';

/**
 * Remembers heads of envelopes by all of their bytes, and log groups by those of the head's beginning: reading names, naming an
 * index and writing a line prefix take longer than writing an event.
 */
export class KnownHeads {
  #context: HeadContext | undefined;
  readonly #heads = new Map<string, NamedEnvelope>();
  readonly #groups = new Map<string, KnownGroup>();

  /**
   * Returns what a head says.
   *
   * @param head that `findNames` has read, in ASCII, up to the first event's id
   * @param places what it has found there
   */
  of(head: string, places: ArrayLike<number>, context: HeadContext): NamedEnvelope {
    this.#use(context);
    const known = this.#heads.get(head);
    if (known) return known;
    const { parsing } = context;
    const { owner, logGroup, indices, prefix } = this.#group(head.slice(0, places[0]), context);
    const logStream = head.slice(places[1], places[2]);
    const made: NamedEnvelope = {
      ...{ owner, logGroup, logStream, indices },
      parsing: parsing?.of({ logGroup, logStream }),
      // A text that is only a date is not.
      prefix: fieldText(logStream).length === logStream.length + 2 ? prefix : undefined,
    };
    remember(this.#heads, head, made);
    return made;
  }

  #group(start: string, { region, layouts }: HeadContext): KnownGroup {
    const known = this.#groups.get(start);
    if (known) return known;
    const at = start.indexOf(LOG_GROUP, OWNER.length);
    const owner = start.slice(OWNER.length, at);
    const logGroup = start.slice(at + LOG_GROUP.length);
    const indices = new IndexSlots(layouts, logGroup);
    const made = { owner, logGroup, indices, prefix: new GroupPrefix({ owner, logGroup, region }, indices) };
    remember(this.#groups, start, made);
    return made;
  }

  /** All else depends on it. */
  #use(context: HeadContext): void {
    const last = this.#context;
    if (last && last.layouts === context.layouts && last.parsing === context.parsing && last.region === context.region)
      return;
    this.#context = context;
    this.#heads.clear();
    this.#groups.clear();
  }
}

/** Forgets the one that was made first, if there are too many. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (map.size >= MAX_KNOWN) map.delete(map.keys().next().value!);
  map.set(key, value);
}
