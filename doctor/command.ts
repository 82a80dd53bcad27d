import { failureReason } from "../core/http/failure-reason";
import { type ApiClient, apiClient } from "../search/client";
import { harmless } from "../tools/text/one-line";
import type { Login } from "../tools/usage/login";
import { UsageError } from "../tools/usage/usage-error";
import type { DoctorArguments } from "./arguments/arguments";
import { doctorClients, findLanes } from "./aws";
import type { DoctorClients, DoctorContext } from "./context";
import { examine, isHealthy } from "./examine";
import { doctorJson, doctorText } from "./report";

export enum DoctorExitCode {
  Healthy = 0,
  Unhealthy = 1,
}

/** What the command asks. */
export interface DoctorAsks {
  readonly clients: DoctorClients;
  engineAt(endpoint: string, login: Login): ApiClient;
}

/**
 * Examines a pipeline, and prints what is wrong.
 *
 * @param asked @default AWS and engine, as the arguments say
 * @throws UsageError when the streams cannot be listed
 */
export async function runDoctor(
  args: DoctorArguments,
  print: (text: string) => void,
  asked: DoctorAsks = { clients: doctorClients(args), engineAt: apiClient },
): Promise<DoctorExitCode> {
  const report = await examine(await contextOf(args, asked));
  print(args.isJson ? JSON.stringify(doctorJson(report)) : harmless(doctorText(report)));
  return isHealthy(report) ? DoctorExitCode.Healthy : DoctorExitCode.Unhealthy;
}

async function contextOf(args: DoctorArguments, { clients, engineAt }: DoctorAsks): Promise<DoctorContext> {
  const { name, logGroups, login, region } = args;
  const lanes = await findLanes(name, clients).catch((error) => {
    throw new UsageError([
      `The streams cannot be listed: ${failureReason(error)}. Check AWS_PROFILE and AWS_REGION, or --region and --endpoint-url.`,
    ]);
  });
  const variables = lanes.find(({ forwarder }) => forwarder)?.forwarder?.Environment?.Variables ?? {};
  const endpoint = args.searchEndpoint ?? variables.SEARCH_ENDPOINT;
  const signedBy: Login = login.by === "aws" && region !== undefined ? { region, ...login } : login;
  return {
    ...{ name, lanes, logGroups, clients },
    variables: { ...variables, ...(endpoint && { SEARCH_ENDPOINT: endpoint }) },
    engine: endpoint ? engineAt(endpoint, signedBy) : undefined,
    hasServiceMetrics: args.endpointUrl === undefined,
    nowMs: Date.now(),
  };
}
