import { DamagedError } from "../../archive/outcome-errors";
import { isDocumentTime } from "../../core/events/limits";
import { ENVIRONMENT } from "../../core/settings/environment";
import type { KinesisRecord } from "../../core/sources/kinesis/record";

type Place = Omit<KinesisRecord, "data" | "isReplayed">;

/** What of a record's place ends up in keys, ids and documents, and the form that it has. */
const FORMS: { [Name in keyof Place]: (value: Place[Name]) => boolean } = {
  account: (account) => /^\d{12}$/.test(account),
  // Source: Kinesis "Shard".
  shardId: (id) => /^[a-zA-Z0-9_.-]{1,128}$/.test(id),
  // Source: Kinesis "Record"; with the sub-sequence numbers of a user record.
  sequenceNumber: (number) => /^\d{1,129}(\.\d{1,6}){0,4}$/.test(number),
  // Source: Kinesis "CreateStream".
  stream: (name) => /^[a-zA-Z0-9_.-]{1,128}$/.test(name),
  region: (name) => ENVIRONMENT.AWS_REGION.parse(name) !== undefined,
  arrival: isDocumentTime,
};

/**
 * Checks where and when Kinesis received a record: whoever may write to the bucket can have written something else.
 *
 * @throws DamagedError naming the first value that has another form
 */
export function checkPlace(place: Place): void {
  for (const [name, isOfAws] of Object.entries(FORMS) as [keyof Place, (value: unknown) => boolean][]) {
    if (!isOfAws(place[name])) throw new DamagedError(`has a record whose ${name} cannot be ${quoted(place[name])}`);
  }
}

/** Short enough for a line. */
const quoted = (value: unknown): string => JSON.stringify(value).slice(0, 100);
