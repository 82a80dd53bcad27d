import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { DAY_MS } from "../../core/events/durations";
import { invocationOf } from "../../tools/installation";
import { count, counted } from "../../tools/text/numbers";
import { shellQuote } from "../../tools/text/shell-quote";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";

/** Where the functions archive. */
export interface ArchivePlace {
  readonly bucket: string;
  /** Of all keys. */
  readonly prefix: string;
}

/** What is older stays where it is, also after it was replayed. */
const DAYS = 7;

/** Of a listing, of up to 1,000 objects each. */
const MAX_PAGES = 5;

/** Finds what the functions have acknowledged and could not deliver in the last days. */
export async function quarantinedIn(context: DoctorContext, place: ArchivePlace): Promise<DoctorFinding[]> {
  const { bucket, prefix } = place;
  const from = new Date(context.nowMs - DAYS * DAY_MS).toISOString().slice(0, "YYYY-MM-DD".length);
  const until = new Date(context.nowMs + DAY_MS).toISOString().slice(0, "YYYY-MM-DD".length);
  const findings: DoctorFinding[] = [];
  for (const [check, folder] of [
    ["dead-lettered", "dead-letter/"],
    ["rejected", "rejected/"],
  ] as const) {
    const { keys, isCut } = await keysSince(context, bucket, `${prefix}${folder}`, from);
    const newest = keys.at(-1);
    if (newest === undefined) continue;
    const found = `${objectsText(keys.length, isCut)} below ${prefix}${folder} of the last ${DAYS} days, ${isCut ? "such as" : "the newest"} ${newest}`;
    const command =
      check === "rejected"
        ? `${invocationOf("replay")} --bucket ${bucket} --kind rejected --from ${from} --to ${until}${prefix && ` --archive-prefix ${prefix}`} --sink stdout`
        : `aws s3api head-object --bucket ${bucket} --key ${shellQuote(newest)}`;
    findings.push({ check, subject: bucket, found, command });
  }
  return findings;
}

/** `there is 1 object`, `there are 1,000 objects or more` */
export const objectsText = (objects: number, isCut: boolean): string =>
  `there ${objects === 1 ? "is" : "are"} ${isCut ? `${count(objects)} objects or more` : counted(objects, "object")}`;

/** Keys begin with the day and hour of arrival: their order is that of time. */
async function keysSince({ clients }: DoctorContext, bucket: string, prefix: string, day: string) {
  const keys: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { Contents = [], NextContinuationToken } = await clients.s3.send(
      new ListObjectsV2Command({
        ...{ Bucket: bucket, Prefix: prefix },
        ...(token === undefined
          ? { StartAfter: `${prefix}${day.replaceAll("-", "/")}` }
          : { ContinuationToken: token }),
      }),
    );
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
    token = NextContinuationToken;
    if (token === undefined) break;
  }
  return { keys, isCut: token !== undefined };
}
