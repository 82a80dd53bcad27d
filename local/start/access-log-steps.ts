import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { ListrTask } from "listr2";
import { counted } from "../../tools/text/numbers";
import { appliedAccessLogs } from "../access-logs/applied";
import type { InspectedAccessLog } from "../access-logs/inspect";
import { putAndFind } from "../access-logs/put-and-find";
import { emulatedAccount } from "../aws/account";
import { awsClients } from "../aws/clients";
import type { Session } from "./session";
import { emulatedStack, resourcesOf } from "./stacks";
import { inOrder, progressReporter, step } from "./steps";

/** Name of the stack in main.ts. */
const STACK = "access-logs";

/** The bucket of logs, which exists before the stack is applied, as on AWS. */
const BUCKET = "local-access-logs";

/**
 * The queue's visibility timeout is six times as long: a message that failed comes again while somebody still waits for its lines.
 */
const FUNCTION_TIMEOUT_SECONDS = 25;

/**
 * Returns the steps from an empty bucket to the lines of these files in the index.
 *
 * @param running resolved when the event source mappings run
 */
export function accessLogSteps(files: readonly InspectedAccessLog[], running: Promise<void>): ListrTask<Session> {
  return inOrder(STACK, [
    step("Apply, for a bucket of its own", async (session, task) => {
      const { s3 } = awsClients(session.emulatorUrl);
      const CreateBucketConfiguration = { LocationConstraint: emulatedAccount.AWS_REGION };
      await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration }));
      session.accessLogs = await emulatedStack(session, STACK);
      await session.accessLogs.setVariables({
        search_endpoint: session.searchEndpoint,
        sources: { local: { bucket: BUCKET, notification: "queue" } },
        function_timeout_seconds: FUNCTION_TIMEOUT_SECONDS,
      });
      await session.accessLogs.apply(resourcesOf(task, STACK));
      await running;
    }),
    step(
      `Put ${counted(files.length, "file")} of access logs, and wait until all lines are found`,
      async (session, task) => {
        const { lambda, s3 } = awsClients(session.emulatorUrl);
        const applied = (await appliedAccessLogs(lambda))!;
        const report = progressReporter(task, STACK);
        session.accessLogReport = {
          quarantine: applied.quarantine,
          files: await putAndFind(files, applied, { s3, search: session.search }, report),
        };
      },
    ),
  ]);
}
