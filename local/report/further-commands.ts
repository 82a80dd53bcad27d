import { gunzipSync } from "node:zlib";
import { oneLine } from "../../tools/text/one-line";
import { shellQuote } from "../../tools/text/shell-quote";
import { emulatedAccount } from "../aws/account";
import { awsClients } from "../aws/clients";
import { type ArchiveLocation, listObjects } from "../delivery/archive";
import type { SearchLocation } from "../delivery/search";
import type { StoredEvent } from "../log-events/put";
import { writeEnvironmentFile } from "./environment-file";
import { type NoQuery, type Query, searchQueries } from "./queries";
import { clip, terminalColumns } from "./terminal";

/** Longer lines of a response are cut: a log event may have a megabyte. */
const MAX_LINE = 500;

const INDENT = "  ";

export interface FurtherCommandsOptions {
  /** The directory for `env.sh`. */
  readonly directory: string;
  readonly logDirectory: string;
  readonly emulatorUrl: string;
  readonly search: SearchLocation;
  readonly archive: ArchiveLocation;
  /** Events that are in the index. */
  readonly examples: readonly StoredEvent[];
  readonly stackDirectory: string;
  readonly terraformCliConfig: string;
  /** Additional commands, each below its title. */
  readonly more: readonly (readonly [title: string, ...commands: string[]])[];
  /** Searches of other lanes, which were tested. @default none */
  readonly moreQueries?: readonly (Query | NoQuery)[];
}

/** Returns commands to try next in another terminal. Those that search and read the archive were tested. */
export async function furtherCommands(options: FurtherCommandsOptions): Promise<string> {
  const { directory, logDirectory, emulatorUrl, archive, stackDirectory } = options;
  const queries = [...(await searchQueries(options.search, options.examples)), ...(options.moreQueries ?? [])];
  const environmentFile = await writeEnvironmentFile(directory, emulatorUrl, options.terraformCliConfig);
  const sections: (readonly string[])[] = [
    ...queries.map((query) => [query.title, "body" in query ? curl(query) : unavailable(query.reason)]),
    ["Read the archive", await archiveCommand(emulatorUrl, archive)],
    ["Follow the functions' logs", `tail -f ${shellQuote(logDirectory)}/logging-pipeline*.log`],
    [
      "Use the emulated account with the AWS CLI and Terraform (sets endpoint, region and keys)",
      `source ${shellQuote(environmentFile)}`,
      `aws s3 ls --recursive ${shellQuote(`s3://${archive.bucket}/${archive.prefix}`)}`,
      `terraform -chdir=${shellQuote(stackDirectory)} plan`,
    ],
    ...options.more,
  ];
  return sections.map(([title, ...commands]) => [`${title}:`, ...commands].join(`\n${INDENT}`)).join("\n");
}

/** Formats a query as a curl command. */
export function curl({ url, body, answer }: Query): string {
  const isLong = answer.split("\n").some((line) => line.length > MAX_LINE);
  return `curl ${shellQuote(url)} \\
    -H 'Content-Type: application/json' -d ${shellQuote(body)}${isLong ? ` | cut -c 1-${MAX_LINE}` : ""}`;
}

function unavailable(reason: string): string {
  return clip(oneLine(`(not available: ${reason})`), terminalColumns() - INDENT.length);
}

/** A command that shows the beginning of the first gzipped archive object. */
async function archiveCommand(emulatorUrl: string, { bucket, prefix }: ArchiveLocation): Promise<string> {
  const { AWS_ACCESS_KEY_ID: user, AWS_SECRET_ACCESS_KEY: password } = emulatedAccount;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  let reason = "nothing is archived yet";
  for (const key of (await listObjects(awsClients(emulatorUrl).s3, bucket, `${prefix}archive/`)).keys()) {
    const url = `${emulatorUrl}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
    const response = await fetch(url, { headers: { authorization } });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.ok && isGzip(body)) {
      return `curl -su ${shellQuote(`${user}:${password}`)} ${shellQuote(url)} | gunzip | head -n 1 | cut -c 1-${MAX_LINE}`;
    }
    reason = response.ok ? `${url} is not gzipped` : `${url} answered ${response.status}`;
  }
  return unavailable(reason);
}

function isGzip(body: Buffer): boolean {
  try {
    gunzipSync(body);
    return true;
  } catch {
    return false;
  }
}
