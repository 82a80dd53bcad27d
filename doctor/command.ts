import { setTimeout as sleep } from "node:timers/promises";
import { isOnThisMachine } from "../core/settings/origin";
import { type ApiClient, apiClient } from "../search/client";
import { harmless } from "../tools/text/one-line";
import type { Login } from "../tools/usage/login";
import { UsageError } from "../tools/usage/usage-error";
import type { DoctorArguments } from "./arguments/arguments";
import { type DoctorApis, doctorApis, doctorClients, findLanes } from "./aws";
import { awsFailureReason } from "./aws-failure";
import type { DoctorClients, DoctorContext, DoctorLane } from "./context";
import { environmentOf } from "./environment";
import { examine, isHealthy } from "./examine";
import { LogGroupSources } from "./log-group-sources";
import { doctorJson, doctorText } from "./report";
import type { DoctorClock } from "./test-event/follow";

export enum DoctorExitCode {
  Healthy = 0,
  Unhealthy = 1,
}

/** What the command asks. */
export interface DoctorAsks {
  readonly clients: DoctorClients;
  /** Whether it is AWS that is asked, and no emulator. */
  readonly isAws: boolean;
  engineAt(endpoint: string, login: Login): ApiClient;
  /** @param functionArn of a function: says where they are */
  apisOf(functionArn: string): DoctorApis;
  readonly clock: DoctorClock;
}

const CLOCK: DoctorClock = { nowMs: Date.now, sleep };

/** AWS, or the emulator that the environment names, and the engine. */
function doctorAsks({ region }: DoctorArguments, { AWS_ENDPOINT_URL }: NodeJS.ProcessEnv): DoctorAsks {
  const isAws = !URL.canParse(AWS_ENDPOINT_URL ?? "") || !isOnThisMachine(new URL(AWS_ENDPOINT_URL!));
  return { clients: doctorClients(region, isAws), isAws, engineAt: apiClient, apisOf: doctorApis, clock: CLOCK };
}

/**
 * Examines a pipeline, and prints what is wrong.
 *
 * @param say told what is written, before it is. @default the standard error, which leaves JSON alone
 * @param asked @default as arguments and environment say
 * @throws UsageError when the streams cannot be listed
 */
export async function runDoctor(
  args: DoctorArguments,
  print: (text: string) => void,
  asked: DoctorAsks = doctorAsks(args, process.env),
  say: (text: string) => void = console.error,
): Promise<DoctorExitCode> {
  const { testEvent } = args;
  const options = testEvent && { ...testEvent, clock: asked.clock, say };
  const report = await examine(await contextOf(args, asked), options);
  print(args.isJson ? JSON.stringify(doctorJson(report)) : harmless(doctorText(report)));
  return isHealthy(report) ? DoctorExitCode.Healthy : DoctorExitCode.Unhealthy;
}

async function contextOf(
  args: DoctorArguments,
  { clients, isAws, engineAt, apisOf, clock }: DoctorAsks,
): Promise<DoctorContext> {
  const { name, logGroups, login, region } = args;
  const lanes = await findLanes(name, clients).catch((error) => {
    throw new UsageError([
      `The streams cannot be listed: ${awsFailureReason(error)}. Check AWS_PROFILE, AWS_REGION or --region, and AWS_ENDPOINT_URL.`,
    ]);
  });
  const endpoint = args.searchEndpoint ?? searchEndpointOf(lanes);
  const signedBy: Login = login.by === "aws" && region !== undefined ? { region, ...login } : login;
  return {
    ...{ name, lanes, logGroups, clients, isAws },
    sources: new LogGroupSources(name, clients.logs),
    environment: () => environmentOf(lanes),
    engine: endpoint ? { origin: endpoint, api: engineAt(endpoint, signedBy) } : undefined,
    ...apisOf(functionArnOf(lanes)),
    nowMs: clock.nowMs(),
  };
}

/** "": there is no function, or it is not known. */
function functionArnOf(lanes: readonly DoctorLane[]): string {
  try {
    return lanes.map(({ forwarder }) => forwarder()?.FunctionArn).find((arn) => arn !== undefined) ?? "";
  } catch {
    return "";
  }
}

/** Why it is not known, the checks of it say. */
function searchEndpointOf(lanes: readonly DoctorLane[]): string | undefined {
  try {
    return environmentOf(lanes)?.SEARCH_ENDPOINT;
  } catch {
    return undefined;
  }
}
