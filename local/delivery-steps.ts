import type { ListrTask } from "listr2";
import { awsClients } from "./aws/clients";
import type { Deferred } from "./deferred";
import { startAppliedMappings } from "./event-source-mapping/applied";
import type { LogLine } from "./log-events/line";
import { eventsOf, putLines } from "./log-events/put";
import { archiveLocation } from "./report/archive";
import { waitForDelivery } from "./report/wait";
import { trustedAuthorities } from "./search-endpoint/authorities";
import { logTo, type Session } from "./session";
import { progressOf, step } from "./steps";

/** From the applied pipeline to the report. @param delivered resolved when nothing more is to be waited for */
export function deliverySteps(lines: readonly LogLine[], delivered: Deferred<void>): ListrTask<Session>[] {
  return [
    step("Start the event source mappings", async (session) => {
      const { emulatorUrl, searchEndpoint, pipeline } = session;
      const logChange = logTo(session, "changes");
      session.mappings = await startAppliedMappings({
        clients: awsClients(emulatorUrl),
        environment: { AWS_ENDPOINT_URL_S3: emulatorUrl, ...trustedAuthorities() },
        logTo: (name) => logTo(session, name),
        onChange(line) {
          logChange(line);
          session.onChange?.(line);
        },
      });
      const outputs = await pipeline.outputs();
      session.search = { endpoint: searchEndpoint, indexPattern: String(outputs.index_pattern) };
      session.archive = archiveLocation(String(outputs.archive_uri));
    }),
    step(`Put ${lines.length.toLocaleString("en-US")} log events`, async (session) => {
      const { logs } = awsClients(session.emulatorUrl);
      await putLines(logs, lines);
      session.putAt = Date.now();
      session.events = new Map();
      for (const group of new Set(lines.map(({ logGroup }) => logGroup))) {
        session.events.set(group, await eventsOf(logs, group));
      }
    }),
    step("Wait until all are searchable and archived", async (session, task) => {
      const tell = progressOf(task);
      const destinations = { ...session, s3: awsClients(session.emulatorUrl).s3 };
      session.report = await waitForDelivery(session.events, destinations, session.putAt, (searchable) => {
        tell(`${searchable.toLocaleString("en-US")} of ${lines.length.toLocaleString("en-US")} searchable`);
      });
      delivered.resolve();
    }),
  ];
}
