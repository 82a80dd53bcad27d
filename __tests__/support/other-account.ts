import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { emulatorClient } from "../../local/aws/clients";

/** A client of CloudWatch Logs in another account of the emulator, which has an account for each id. */
export function logsOfAccount(emulatorUrl: string, accountId: string): CloudWatchLogsClient {
  const client = new CloudWatchLogsClient(emulatorClient(emulatorUrl));
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers["x-moto-account-id"] = accountId;
      return next(args);
    },
    { step: "build" },
  );
  return client;
}
