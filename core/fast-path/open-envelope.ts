import type { Envelope } from "../events/envelope";
import type { ExtractedFields } from "../events/extracted-fields";
import type { IndexSlots } from "../events/index-slot";
import type { TimeLimits } from "../events/limits";
import type { StreamParsing } from "../parsers/message-parsing";
import type { ReceiptPlace } from "../receipts/receipt";
import { receiptPlace } from "../receipts/receipt-place";
import { eventFields, type RecordFields, recordFields } from "../sinks/opensearch/document";
import type { GroupPrefix, StreamPlaces } from "./group-prefix";

/** What the head of an envelope says, and what follows from it. */
export interface NamedEnvelope extends Pick<Envelope, "owner" | "logGroup" | "logStream"> {
  readonly indices: IndexSlots;
  readonly parsing: StreamParsing | undefined;
  /** The line prefix of its log group, which the log stream's name as it is in the memory completes. @default there is none */
  readonly prefix?: GroupPrefix | undefined;
}

/** Where an envelope is in the encoder's memory, as addresses; the log stream's name only if it has a `prefix`. */
export interface EnvelopePlaces extends StreamPlaces {
  readonly end: number;
  readonly firstId: number;
  /** See `EnvelopeTail`. */
  readonly tailLength: number;
}

/** An envelope in the encoder's memory, until the next one is opened. */
export class OpenEnvelope {
  #fields: RecordFields | undefined;

  /**
   * @param record its position in the batch
   * @param extractedFields those that all of its events have. @default none
   */
  constructor(
    readonly record: number,
    readonly named: NamedEnvelope,
    readonly places: EnvelopePlaces,
    readonly times: TimeLimits,
    private readonly region: string,
    private readonly extractedFields?: ExtractedFields,
  ) {}

  get logGroup(): string {
    return this.named.logGroup;
  }

  /** Made when it is asked for: most envelopes have a line prefix. */
  get fields(): RecordFields {
    const { named, region, extractedFields } = this;
    this.#fields ??= extractedFields ? eventFields(named, region, { extractedFields }) : recordFields(named, region);
    return this.#fields;
  }

  /** Of its events in a receipt. */
  get receiptPlace(): ReceiptPlace {
    return receiptPlace(this.named, this.extractedFields);
  }

  /** The line prefix of its log group, unless it has fields of its own. */
  get prefix(): GroupPrefix | undefined {
    return this.extractedFields ? undefined : this.named.prefix;
  }
}
