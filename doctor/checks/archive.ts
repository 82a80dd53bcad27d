import { HeadBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { invocationOf } from "../../tools/installation";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";
import { type Examined, looked, together } from "../examined";
import { examineArchiveAccess } from "./archive-access";
import { type ArchivePlace, objectsText, quarantinedIn } from "./quarantined";

const UNDELIVERED_PREFIX = "aws/lambda/";

/** Of one page of a listing. */
const MAX_KEYS = 1_000;

/** Checks that the archive bucket is there and can be written to, and that nothing lies in it that nobody has delivered. */
export const examineArchive = (context: DoctorContext): Promise<Examined> =>
  together([
    looked(["archive", "undelivered", "dead-lettered", "rejected"], "the archive bucket", async () => {
      const { ARCHIVE_BUCKET: bucket, ARCHIVE_PREFIX: prefix = "" } = context.environment() ?? {};
      return bucket === undefined ? [] : examineBucket(context, { bucket, prefix });
    }),
    looked(["archive-writable"], "the archive bucket", () => examineArchiveAccess(context)),
  ]);

async function examineBucket(context: DoctorContext, place: ArchivePlace): Promise<DoctorFinding[]> {
  const { clients } = context;
  const { bucket } = place;
  try {
    await clients.s3.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode;
    // Without a status there was no answer of S3's; with 403, it is the caller who may not ask.
    if (status === undefined || status === 403) throw error;
    return [{ check: "archive", subject: bucket, found: `S3 answers ${status} ${name}`, command: "terraform apply" }];
  }
  return [...(await undeliveredIn(context, bucket)), ...(await quarantinedIn(context, place))];
}

async function undeliveredIn({ clients }: DoctorContext, bucket: string): Promise<DoctorFinding[]> {
  const { Contents = [], IsTruncated = false } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: UNDELIVERED_PREFIX, MaxKeys: MAX_KEYS }),
  );
  if (Contents.length === 0) return [];
  const times = Contents.flatMap(({ LastModified }) => LastModified?.getTime() ?? []);
  // Folders of mappings and shards come before those of days: the newest may be on a further page.
  const newest =
    IsTruncated || times.length === 0 ? "" : `, the newest of ${new Date(Math.max(...times)).toISOString()}`;
  const found = `${objectsText(Contents.length, IsTruncated)} below ${UNDELIVERED_PREFIX}${newest}`;
  const command = `${invocationOf("replay")} --bucket ${bucket} --kind undelivered --from <time> --to <time>`;
  return [{ check: "undelivered", subject: bucket, found, command }];
}
