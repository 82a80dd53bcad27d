import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { providerProgram, terraformEnvironment } from "../../local/terraform/provider-mirror";
import { startService } from "../../tools/processes/process";
import { endEverything } from "../../tools/processes/reaper";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";

export const account = "123456789012";
export const region = "eu-central-1";

/** What every secret holds. */
export const SECRET = { username: "master", password: "Correct-horse-1" };

let server: Server | undefined;
let offline: Promise<NodeJS.ProcessEnv> | undefined;
let shared: Promise<NodeJS.ProcessEnv> | undefined;

/** The environment for Terraform commands whose provider knows no AWS but a server on this machine, which ends with the test file. */
export function offlineEnvironment(): Promise<NodeJS.ProcessEnv> {
  offline ??= startOffline();
  return offline;
}

/**
 * The same for commands that share one process of the provider, which ends with the test file: on its own, each starts it two or
 * three times, and reads its 700 MB for a checksum. Such a provider has one configuration at a time, that of the last command.
 *
 * Source: Terraform's plugin documentation, "Debugging Providers", Starting a Provider In Debug Mode.
 */
export function sharedProviderEnvironment(): Promise<NodeJS.ProcessEnv> {
  shared ??= startSharedProvider();
  return shared;
}

afterAll(async () => {
  await Promise.allSettled([offline, shared]);
  server?.close();
  server?.closeAllConnections();
  await endEverything();
});

async function startOffline(): Promise<NodeJS.ProcessEnv> {
  server = createServer(answer);
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  // The provider's `endpoints`, whose 300 names it validates in quadratic time, would take 2 seconds of CPU in each plan.
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  // It rejects a bundle of certificates when it is configured for the second time.
  const { AWS_CA_BUNDLE: _, ...environment } = await terraformEnvironment();
  return { ...environment, AWS_ENDPOINT_URL };
}

async function startSharedProvider(): Promise<NodeJS.ProcessEnv> {
  const environment = await offlineEnvironment();
  const { match } = await startService(await providerProgram(), ["-debug"], {
    // It leaves its socket behind.
    env: { ...environment, TMPDIR: (await temporaryDirectory()).path },
    ready: /TF_REATTACH_PROVIDERS='(.+)'/,
    timeoutSeconds: 120,
  });
  return { ...environment, TF_REATTACH_PROVIDERS: match[1] };
}

/** The log groups that there are, also those of functions whose log groups have moved or are not delivered any more. */
export const EXISTING_LOG_GROUPS = [
  "/app/orders",
  "/aws/OpenSearchService/domains/search/index-slow-logs",
  "/aws/kinesisfirehose/logging-pipeline-firehose-search",
  "/aws/lambda/legacy",
  "/aws/lambda/logging-pipeline-access-logs",
  "/aws/lambda/logging-pipeline-index-cleanup",
  "/aws/lambda/logging-pipeline_-app-orders_986ec03e6c",
  "/aws/lambda/logging-pipeline_-app-removed_0123456789",
  "/aws/lambda/logging-pipeline_moved",
  "/aws/lambda/logging-pipeline_quiet",
  "/aws/lambda/payment-api",
  "/aws/lambda/thumbnails",
];

/** Answers the only calls that a plan without a state makes: GetCallerIdentity, GetSecretValue for a secret, and DescribeLogGroups. */
const answer: Parameters<typeof createServer>[1] = async (request, response) => {
  const target = request.headers["x-amz-target"];
  if (target === "secretsmanager.GetSecretValue") {
    const ARN = `arn:aws:secretsmanager:${region}:${account}:secret:master`;
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ ARN, VersionId: "1", CreatedDate: 0, SecretString: JSON.stringify(SECRET) }));
    return;
  }
  if (target === "Logs_20140328.DescribeLogGroups") {
    const { logGroupNamePrefix = "" } = JSON.parse(await text(request));
    const logGroups = EXISTING_LOG_GROUPS.filter((name) => name.startsWith(logGroupNamePrefix)).map((logGroupName) => ({
      logGroupName,
      arn: `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*`,
    }));
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ logGroups }));
    return;
  }
  response.setHeader("content-type", "text/xml");
  response.end(
    `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
};
