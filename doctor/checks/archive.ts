import { HeadBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { invocationOf } from "../../tools/installation";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";
import { type Examined, looked, together } from "../examined";
import { examineArchiveAccess } from "./archive-access";

const UNDELIVERED_PREFIX = "aws/lambda/";

/** Checks that the archive bucket is there and can be written to, and that Lambda has given nothing up. */
export const examineArchive = (context: DoctorContext): Promise<Examined> =>
  together([
    looked(["archive", "undelivered"], "the archive bucket", async () => {
      const bucket = context.environment()?.ARCHIVE_BUCKET;
      return bucket === undefined ? [] : examineBucket(context, bucket);
    }),
    looked(["archive-writable"], "the archive bucket", () => examineArchiveAccess(context)),
  ]);

async function examineBucket({ clients }: DoctorContext, bucket: string): Promise<DoctorFinding[]> {
  try {
    await clients.s3.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode;
    // Without a status there was no answer of S3's; with 403, it is the caller who may not ask.
    if (status === undefined || status === 403) throw error;
    return [{ check: "archive", subject: bucket, found: `S3 answers ${status} ${name}`, command: "terraform apply" }];
  }
  const { Contents = [] } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: UNDELIVERED_PREFIX, MaxKeys: 1 }),
  );
  if (Contents.length === 0) return [];
  const command = `${invocationOf("replay")} --bucket ${bucket} --kind undelivered --from <time> --to <time>`;
  return [{ check: "undelivered", subject: bucket, found: `there are objects below ${UNDELIVERED_PREFIX}`, command }];
}
