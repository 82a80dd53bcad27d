import { regionOfDomain } from "../settings/search-endpoint";
import { SecretError } from "./credentials/secret-error";
import { secretTarget } from "./credentials/secret-target";
import { lambdaSend } from "./lambda-send";
import { nodeTransport } from "./node-transport";
import type { Send } from "./send";

/** The variables that say where the search endpoint is. */
export interface SearchVariables {
  SEARCH_ENDPOINT: string;
  SEARCH_REGION: string;
  SEARCH_SECRET_ARN: string;
  AWS_REGION: string;
  AWS_ENDPOINT_URL_SECRETS_MANAGER: string;
}

/** Sends to the search endpoint: with the credentials in the secret or, without one, signed for the region that it is in. */
export function searchSend(variables: SearchVariables): Send {
  const { SEARCH_SECRET_ARN: arn, AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsEndpoint } = variables;
  if (arn !== "") {
    // A file of its own in the zip, which the cold start of all other functions does not read.
    const { authorized }: typeof import("./credentials/authorized") = require("./credentials/authorized");
    return authorized({
      arn,
      SecretError,
      secretsManager: lambdaSend(secretTarget(arn, secretsEndpoint)),
      transport: (ca) => nodeTransport(variables.SEARCH_ENDPOINT, ca),
      monotonicMs: () => performance.now(),
    });
  }
  return lambdaSend({ origin: variables.SEARCH_ENDPOINT, service: "es", region: searchRegion(variables) });
}

/** Returns the region that requests to the search endpoint are signed for. */
export const searchRegion = ({
  SEARCH_ENDPOINT,
  SEARCH_REGION,
  AWS_REGION,
}: Pick<SearchVariables, "SEARCH_ENDPOINT" | "SEARCH_REGION" | "AWS_REGION">): string =>
  SEARCH_REGION || (regionOfDomain(SEARCH_ENDPOINT) ?? AWS_REGION);
