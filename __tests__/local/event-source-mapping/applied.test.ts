import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { awsClients } from "../../../local/aws/clients";
import { startAppliedMappings } from "../../../local/event-source-mapping/applied";
import { type TemporaryDirectory, temporaryDirectory } from "../../../local/processes/temporary-directory";

const FUNCTION_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:logging-pipeline_foo";

let directory: TemporaryDirectory;
let lambdaApi: Server;

beforeAll(async () => {
  directory = await temporaryDirectory();
  lambdaApi = createServer(({ url }, response) => {
    const mapping = { UUID: "u", FunctionArn: FUNCTION_ARN, EventSourceArn: "s", StartingPosition: "TRIM_HORIZON" };
    const configuration = { FunctionName: "logging-pipeline_foo", CodeSha256: "of another zip" };
    const isList = url!.includes("/event-source-mappings");
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(isList ? { EventSourceMappings: [mapping] } : configuration));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => lambdaApi.once("listening", resolve));
});

afterAll(async () => {
  lambdaApi.close();
  await directory.remove();
});

describe("startAppliedMappings", () => {
  it("refuses to run other code than was applied", async () => {
    const zip = join(directory.path, "function.zip");
    await writeFile(zip, zipSync({ "index.js": strToU8("") }));
    const clients = awsClients(`http://127.0.0.1:${(lambdaApi.address() as AddressInfo).port}`);
    await expect(startAppliedMappings({ clients, zip, environment: {} })).rejects.toThrow(
      /^logging-pipeline_foo was applied with code of SHA-256 of another zip; that of .*function\.zip is \S{44}$/,
    );
  });
});
