import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildNodeLogger } from "../../build/node-logger";
import { measure, OUTPUT } from "../processes/start";
import { formatCell } from "../report/table";
import { TITLES } from "../report/targets";
import { progress, type SuiteOptions, type SuiteResult } from "./suite";

/** What packages/node-logger costs an application's thread, beside pino alone. */
export async function loggerSuite({ profiles }: SuiteOptions): Promise<SuiteResult> {
  const folder = join(OUTPUT, "node-logger");
  buildNodeLogger(folder);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { Records } = JSON.parse(Buffer.concat(chunks).toString()) as { Records: object[] };
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ FailedRecordCount: 0, Records: Records.map(() => ({ SequenceNumber: "1" })) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const args = [join(folder, "dist", "pino.js"), `http://127.0.0.1:${port}`];
    const rows = await measure("logger", { args, profiles }, (row) =>
      progress(`${row.logger} … ${formatCell(row.µs)} µs, ${formatCell(row["µs beyond pino"])} beyond pino`),
    );
    return { tables: { [TITLES.logger]: rows } };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
