import { randomBytes } from "node:crypto";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { ListrTask } from "listr2";
import { count } from "../../tools/text/numbers";
import { type ApplicationLane, deliverApplicationLines } from "../application-lines/deliver";
import { applicationLines } from "../application-lines/lines";
import { ACCOUNT_ID, emulatedAccount } from "../aws/account";
import { awsClients } from "../aws/clients";
import { archiveLocation } from "../delivery/archive";
import type { Session } from "./session";
import { emulatedStack, resourcesOf } from "./stacks";
import { inOrder, progressReporter, step } from "./steps";

/** The bucket of both lanes, which exists before the stacks are applied, as on AWS. */
const BUCKET = "local-applications";

/** The emulator has no domain: the local Firehose delivers to the search engine of the pipeline. */
const DOMAIN_ARN = `arn:aws:es:${emulatedAccount.AWS_REGION}:${ACCOUNT_ID}:domain/local`;

const INDEX = "applications";

/** Of each lane. */
const LINES = 500;

/** About 25 KB, as the client libraries pack them. */
const PACKED_LINES = 70;

/** A person waits; the defaults of the stacks are 60 s and 300 s. */
const BUFFERING_SECONDS = 2;

/**
 * Returns the steps from an empty bucket to the lines of applications in the index and in S3, by both lanes of Firehose.
 *
 * @param running resolved when the delivery streams that are applied run
 */
export function firehoseSteps(running: Promise<void>): ListrTask<Session> {
  const lanes: ApplicationLane[] = [];
  return inOrder("firehose-search and firehose-s3", [
    step("Apply both, for a bucket of their own", async (session, task) => {
      const { s3 } = awsClients(session.emulatorUrl);
      const CreateBucketConfiguration = { LocationConstraint: emulatedAccount.AWS_REGION };
      await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration }));
      const search = await emulatedStack(session, "firehose-search");
      await search.setVariables({
        ...{ name: "local", search_domain_arn: DOMAIN_ARN, bucket: BUCKET, index_name: INDEX },
        buffering_interval_seconds: BUFFERING_SECONDS,
        s3_buffering_interval_seconds: BUFFERING_SECONDS,
        transform_buffering_interval_seconds: 1,
      });
      await search.apply(resourcesOf(task, "firehose-search"));
      const objects = await emulatedStack(session, "firehose-s3");
      await objects.setVariables({
        ...{ stream_name: "local-firehose-s3", bucket: BUCKET },
        buffering_interval_seconds: BUFFERING_SECONDS,
      });
      await objects.apply(resourcesOf(task, "firehose-s3"));
      session.firehoseStacks = [search, objects];
      const [ofSearch, ofObjects] = await Promise.all([search.outputs(), objects.outputs()]);
      lanes.push(
        {
          deliveryStream: String(ofSearch.delivery_stream_name),
          linesPerRecord: 1,
          search: { endpoint: session.searchEndpoint, indexPattern: String(ofSearch.index_pattern) },
          objects: archiveLocation(String(ofSearch.objects_uri)),
        },
        {
          deliveryStream: String(ofObjects.delivery_stream_name),
          linesPerRecord: PACKED_LINES,
          search: undefined,
          objects: archiveLocation(String(ofObjects.objects_uri)),
        },
      );
      await running;
    }),
    step(`Put ${count(LINES)} lines into each, and wait until all are found`, async (session, task) => {
      const clients = awsClients(session.emulatorUrl);
      const report = progressReporter(task, "firehose");
      const run = randomBytes(4).toString("hex");
      const delivered = lanes.map((lane) =>
        deliverApplicationLines(lane, applicationLines(LINES, run, Date.now()), run, clients, report),
      );
      session.applicationReport = await Promise.all(delivered);
    }),
  ]);
}
