import type { ListrTask } from "listr2";
import { count } from "../../tools/text/numbers";
import { oneLine } from "../../tools/text/one-line";
import { awsClients } from "../aws/clients";
import type { Deferred } from "../deferred";
import { archiveLocation } from "../delivery/archive";
import { EventLedger } from "../delivery/event-ledger";
import { waitForDelivery } from "../delivery/wait";
import { startNetwork } from "../faults/network";
import { functionError } from "../lambda/function-error";
import { Examples } from "../log-events/examples";
import type { LineSource } from "../log-events/line";
import { putLines } from "../log-events/put";
import { startAppliedMappings } from "../reconciler/applied-mappings";
import { CHANGES_LOG, logTo, type Session } from "./session";
import { progressReporter, step } from "./steps";

/** What others wait for. */
interface DeliverySignals {
  /** The event source mappings run. */
  readonly running: Deferred<void>;
  /** The wait for delivery has ended. */
  readonly delivered: Deferred<void>;
}

/** Returns the steps from the applied pipeline to the delivery report. */
export function deliverySteps(lines: LineSource, { running, delivered }: DeliverySignals): ListrTask<Session>[] {
  return [
    step("Start the event source mappings", async (session) => {
      const { directory, emulatorUrl, searchEndpoint, isOwnEngine, pipeline } = session;
      if (session.pageUrl) {
        session.network = await startNetwork({ directory, emulatorUrl, ...(isOwnEngine && { searchEndpoint }) });
      }
      const logChange = logTo(session, CHANGES_LOG);
      session.mappings = await startAppliedMappings({
        clients: awsClients(emulatorUrl),
        firehose: { emulatorUrl, searchEndpoint },
        environment: (applied) => ({
          AWS_ENDPOINT_URL_S3: emulatorUrl,
          AWS_ENDPOINT_URL_SQS: emulatorUrl,
          ...trustedAuthorities(),
          ...session.network?.environment(applied),
        }),
        logTo(name) {
          const log = logTo(session, name);
          return (line) => {
            const error = functionError(line);
            if (error !== undefined) session.lastError = oneLine(error);
            log(line);
            session.onFunctionLine?.(name, line);
          };
        },
        onRead: (records) => session.onRead?.(records),
        onInvocation: (event) => session.onInvocation?.(event),
        onDelivered: (delivered) => session.onDelivered?.(delivered),
        onChange(line) {
          logChange(line);
          session.onChange?.(line);
        },
      });
      const outputs = await pipeline.outputs();
      session.search = { endpoint: searchEndpoint, indexPattern: String(outputs.index_pattern) };
      session.indexSettings = outputs.index_settings;
      session.archive = archiveLocation(String(outputs.archive_uri));
      running.resolve();
    }),
    step(`Put ${count(lines.count)} log events`, async (session, task) => {
      const { logs } = awsClients(session.emulatorUrl);
      const report = progressReporter(task, "log events");
      session.ledger = new EventLedger();
      const examples = new Examples();
      await putLines(logs, lines, ({ lines: put, firstId }) => {
        const { logGroup } = put[0]!;
        const first = session.ledger.size;
        session.ledger.add(
          logGroup,
          firstId,
          put.map(({ timestamp }) => timestamp),
        );
        examples.add(put, (n) => session.ledger.idOf(first + n));
        report(`${count(session.ledger.size)} of ${count(lines.count)} put`);
      });
      session.putAt = Date.now();
      session.examples = examples.events;
    }),
    step("Wait until all events are searchable and archived", async (session, task) => {
      const report = progressReporter(task, "log events");
      const destinations = { ...session, s3: awsClients(session.emulatorUrl).s3 };
      const { ledger } = session;
      session.report = await waitForDelivery(ledger, destinations, (events, what) => {
        report(`${count(events)} of ${count(ledger.size)} ${what}`);
      });
      delivered.resolve();
    }),
  ];
}

/** Passes on this machine's additional certificate authorities, so that the functions trust them too. */
function trustedAuthorities(): Record<string, string> {
  const { NODE_EXTRA_CA_CERTS } = process.env;
  return NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS } : {};
}
