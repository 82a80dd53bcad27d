import { gunzipSync } from "node:zlib";
import { oneLine } from "../../tools/text/one-line";
import { emulatedAccount } from "../aws/account";
import { awsClients } from "../aws/clients";
import { type ArchiveLocation, listObjects } from "../delivery/archive";
import type { SearchLocation } from "../delivery/search";
import type { StoredEvent } from "../log-events/put";
import { writeEnvironmentFile } from "./environment-file";
import { type Query, searchQueries } from "./queries";
import { shellQuote } from "./shell-quote";
import { clip, terminalColumns } from "./terminal";

/** Longer lines of an answer are cut: one log event may have a megabyte. */
const MAX_LINE = 500;

const INDENT = "  ";

export interface FurtherCommandsOptions {
  /** Where `env.sh` is written. */
  readonly directory: string;
  readonly logDirectory: string;
  readonly emulatorUrl: string;
  readonly search: SearchLocation;
  readonly archive: ArchiveLocation;
  /** Events that are in the index. */
  readonly examples: readonly StoredEvent[];
  readonly stackDirectory: string;
  readonly terraformCliConfig: string;
  /** Further commands, each below its title. */
  readonly more: readonly (readonly [title: string, ...commands: string[]])[];
}

/** What a person can do next, in another terminal, as commands; the searches and the archive's were tried. */
export async function furtherCommands(options: FurtherCommandsOptions): Promise<string> {
  const { directory, logDirectory, emulatorUrl, archive, stackDirectory } = options;
  const queries = await searchQueries(options.search, options.examples);
  const environmentFile = await writeEnvironmentFile(directory, emulatorUrl, options.terraformCliConfig);
  const sections: (readonly string[])[] = [
    ...queries.map((query) => [query.title, "body" in query ? curl(query) : leftOut(query.reason)]),
    ["Read the archive", await archiveCommand(emulatorUrl, archive)],
    ["What the functions log", `tail -f ${shellQuote(logDirectory)}/logging-pipeline_*.log`],
    [
      "The emulated account (endpoint, region, keys), for the aws CLI and Terraform",
      `source ${shellQuote(environmentFile)}`,
      `aws s3 ls --recursive ${shellQuote(`s3://${archive.bucket}/${archive.prefix}`)}`,
      `terraform -chdir=${shellQuote(stackDirectory)} plan`,
    ],
    ...options.more,
  ];
  return sections.map(([title, ...commands]) => [`${title}:`, ...commands].join(`\n${INDENT}`)).join("\n");
}

/** A query as a command. */
export function curl({ url, body, answer }: Query): string {
  const isLong = answer.split("\n").some((line) => line.length > MAX_LINE);
  return `curl ${shellQuote(url)} \\
    -H 'Content-Type: application/json' -d ${shellQuote(body)}${isLong ? ` | cut -c 1-${MAX_LINE}` : ""}`;
}

function leftOut(reason: string): string {
  return clip(oneLine(`(left out: ${reason})`), terminalColumns() - INDENT.length);
}

/** Shows the beginning of an object of the archive: of the first one that is gzipped. */
async function archiveCommand(emulatorUrl: string, { bucket, prefix }: ArchiveLocation): Promise<string> {
  const { AWS_ACCESS_KEY_ID: user, AWS_SECRET_ACCESS_KEY: password } = emulatedAccount;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  let reason = "nothing was archived";
  for (const key of (await listObjects(awsClients(emulatorUrl).s3, bucket, `${prefix}archive/`)).keys()) {
    const url = `${emulatorUrl}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
    const response = await fetch(url, { headers: { authorization } });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.ok && isGzip(body)) {
      return `curl -su ${shellQuote(`${user}:${password}`)} ${shellQuote(url)} | gunzip | head -n 1 | cut -c 1-${MAX_LINE}`;
    }
    reason = response.ok ? `${url} is not gzipped` : `${url} answered ${response.status}`;
  }
  return leftOut(reason);
}

function isGzip(body: Buffer): boolean {
  try {
    gunzipSync(body);
    return true;
  } catch {
    return false;
  }
}
