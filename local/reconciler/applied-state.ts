import {
  type EventSourceMappingConfiguration,
  type LambdaClient,
  paginateListEventSourceMappings,
} from "@aws-sdk/client-lambda";
import { listSubscriptions, type Subscription } from "../emulator/subscriptions";
import { type FunctionConfiguration, fetchCode, getConfiguration } from "../lambda/configuration";

/** Mappings, functions and subscriptions in the emulator; each call reads them again. */
export interface AppliedState {
  mappings(): Promise<EventSourceMappingConfiguration[]>;
  /** Log groups whose events go to a stream. */
  subscriptions(): Promise<readonly Subscription[]>;
  configuration(functionArn: string): Promise<FunctionConfiguration>;
  code(functionArn: string, codeSha256: string): Promise<Uint8Array>;
}

export function appliedState(emulatorUrl: string, lambda: LambdaClient): AppliedState {
  return {
    async mappings() {
      const mappings: EventSourceMappingConfiguration[] = [];
      for await (const page of paginateListEventSourceMappings({ client: lambda }, {})) {
        mappings.push(...(page.EventSourceMappings ?? []));
      }
      return mappings;
    },
    subscriptions: async () => (await listSubscriptions(emulatorUrl)).subscriptions,
    configuration: (functionArn) => getConfiguration(lambda, functionArn),
    code: (functionArn, codeSha256) => fetchCode(lambda, functionArn, codeSha256),
  };
}
