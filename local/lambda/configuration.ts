import { createHash } from "node:crypto";
import {
  type FunctionConfiguration as AwsFunctionConfiguration,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";

/** A function's applied configuration. */
export interface FunctionConfiguration {
  readonly name: string;
  readonly roleArn: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMib: number;
  /** Base64 of the deployment package's SHA-256. */
  readonly codeSha256: string;
}

/** Reads a function's applied configuration. @throws ResourceNotFoundException when there is no such function */
export async function getConfiguration(lambda: LambdaClient, functionArn: string): Promise<FunctionConfiguration> {
  return fromAws(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: latest(functionArn) })));
}

function fromAws(applied: AwsFunctionConfiguration): FunctionConfiguration {
  return {
    name: applied.FunctionName!,
    roleArn: applied.Role!,
    handler: applied.Handler!,
    environment: applied.Environment?.Variables ?? {},
    timeoutSeconds: applied.Timeout!,
    memoryMib: applied.MemorySize!,
    codeSha256: applied.CodeSha256!,
  };
}

/**
 * Fetches the deployment package of this SHA-256.
 *
 * @throws Error when it cannot be fetched, or has another SHA-256, such as when it was just replaced
 */
export async function fetchCode(lambda: LambdaClient, functionArn: string, codeSha256: string): Promise<Uint8Array> {
  const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: latest(functionArn) }));
  const response = await fetch(Code!.Location!);
  if (!response.ok) throw new Error(`${Code!.Location} answered ${response.status}`);
  const zip = new Uint8Array(await response.arrayBuffer());
  const fetched = createHash("sha256").update(zip).digest("base64");
  if (fetched !== codeSha256) throw new Error(`its code has SHA-256 ${fetched}; ${codeSha256} was applied`);
  return zip;
}

/** Without a qualifier that says the same, which the emulator does not know: Firehose's function is named with it. */
function latest(functionArn: string): string {
  return functionArn.replace(/:\$LATEST$/, "");
}
