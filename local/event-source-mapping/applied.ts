import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  type EventSourceMappingConfiguration,
  GetFunctionConfigurationCommand,
  paginateListEventSourceMappings,
} from "@aws-sdk/client-lambda";
import type { AwsClients } from "../aws/clients";
import { startFunction } from "../lambda/function";
import { type EventSourceMapping, startEventSourceMapping } from "./mapping";
import { mappingSettings } from "./settings";

export interface AppliedOptions {
  readonly clients: AwsClients;
  /** Path of the deployment package that Terraform applied. */
  readonly zip: string;
  /** Variables that the functions need on this machine in addition to those that Terraform applied. */
  readonly environment: Readonly<Record<string, string>>;
  /** The Node.js to run the functions on. @default this process's */
  readonly nodePath?: string;
  /** @returns what is called with each line that this function logs, and with what its mapping has to say */
  logTo?(functionName: string): (line: string) => void;
}

/**
 * Does what Lambda does with the event source mappings that exist in the emulator: reads their configuration and that of
 * their functions, and invokes the functions, run from `zip`, with what comes in.
 *
 * @throws Error when a function's code, as it was applied, is not `zip`
 */
export async function startAppliedMappings(options: AppliedOptions): Promise<EventSourceMapping> {
  const mappings: EventSourceMappingConfiguration[] = [];
  for await (const page of paginateListEventSourceMappings({ client: options.clients.lambda }, {})) {
    mappings.push(...(page.EventSourceMappings ?? []));
  }
  const running = await Promise.all(mappings.map((mapping) => startAppliedMapping(mapping, options)));
  return {
    async stop() {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}

async function startAppliedMapping(
  mapping: EventSourceMappingConfiguration,
  { clients, zip, environment, nodePath, logTo }: AppliedOptions,
): Promise<EventSourceMapping> {
  const settings = mappingSettings(mapping);
  const applied = await clients.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: settings.functionArn }),
  );
  const name = applied.FunctionName!;
  const codeSha256 = createHash("sha256")
    .update(await readFile(zip))
    .digest("base64");
  if (applied.CodeSha256 !== codeSha256) {
    throw new Error(`${name} was applied with code of SHA-256 ${applied.CodeSha256}; that of ${zip} is ${codeSha256}`);
  }
  const log = logTo?.(name) ?? (() => {});
  const lambda = await startFunction({
    name,
    zip,
    handler: applied.Handler!,
    environment: { ...applied.Environment?.Variables, ...environment },
    timeoutSeconds: applied.Timeout!,
    memoryMib: applied.MemorySize!,
    ...(nodePath !== undefined && { nodePath }),
    onLine: log,
  });
  const eventSourceMapping = await startEventSourceMapping({
    ...clients,
    settings,
    roleArn: applied.Role!,
    invoke: async (event) => {
      const result = await lambda.invoke(event);
      if (result.functionError) log(`ERROR ${JSON.stringify(result.payload)}`);
      return result;
    },
    onProblem: (problem) => log(`ERROR ${problem}`),
  });
  return {
    async stop() {
      const stopped = eventSourceMapping.stop();
      await lambda.stop();
      await stopped;
    },
  };
}
