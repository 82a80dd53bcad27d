import {
  DescribeSubscriptionFiltersCommand,
  paginateDescribeLogGroups,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { type EventSourceMappingConfiguration, paginateListEventSourceMappings } from "@aws-sdk/client-lambda";
import type { AwsClients } from "../aws/clients";
import { type FunctionConfiguration, fetchCode, getConfiguration } from "../lambda/configuration";

/** Mappings, functions and subscriptions in the emulator; each call reads them again. */
export interface AppliedState {
  mappings(): Promise<EventSourceMappingConfiguration[]>;
  /** Log groups with a subscription filter to a stream. */
  subscriptions(): Promise<Subscription[]>;
  configuration(functionArn: string): Promise<FunctionConfiguration>;
  code(functionArn: string, codeSha256: string): Promise<Uint8Array>;
}

export interface Subscription {
  readonly logGroup: string;
  readonly streamArn: string;
}

export function appliedState({ lambda, logs }: Pick<AwsClients, "lambda" | "logs">): AppliedState {
  return {
    async mappings() {
      const mappings: EventSourceMappingConfiguration[] = [];
      for await (const page of paginateListEventSourceMappings({ client: lambda }, {})) {
        mappings.push(...(page.EventSourceMappings ?? []));
      }
      return mappings;
    },
    async subscriptions() {
      const found: Subscription[] = [];
      for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {})) {
        for (const { logGroupName } of logGroups) {
          const filters = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName })).catch((error) => {
            // Deleted since it was listed.
            if (error instanceof ResourceNotFoundException) return { subscriptionFilters: [] };
            throw error;
          });
          for (const { destinationArn } of filters.subscriptionFilters ?? []) {
            found.push({ logGroup: logGroupName!, streamArn: destinationArn! });
          }
        }
      }
      return found;
    },
    configuration: (functionArn) => getConfiguration(lambda, functionArn),
    code: (functionArn, codeSha256) => fetchCode(lambda, functionArn, codeSha256),
  };
}
