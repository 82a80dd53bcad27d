import { emulatedAccount } from "../aws/account";
import type { ArchiveLocation } from "./archive";
import type { SearchLocation } from "./search";

/** What a person can do next, in another terminal, as commands. */
export function lookFurther(options: {
  readonly emulatorUrl: string;
  readonly search: SearchLocation;
  readonly archive: ArchiveLocation;
  /** Words that are in one of the documents. */
  readonly words: string;
  /** One of the archive's objects. */
  readonly archiveKey: string;
  readonly stackDirectory: string;
  readonly terraformCliConfig: string;
  readonly logDirectory: string;
}): string {
  const { emulatorUrl, search, archive, archiveKey, stackDirectory } = options;
  const { AWS_ACCESS_KEY_ID: user, AWS_SECRET_ACCESS_KEY: password } = emulatedAccount;
  const bucketUrl = `${emulatorUrl}/${archive.bucket}`;
  const variables = {
    AWS_ENDPOINT_URL: emulatorUrl,
    ...emulatedAccount,
    TF_CLI_CONFIG_FILE: options.terraformCliConfig,
  };
  return `Search:
  curl '${search.endpoint}/${search.indexPattern}/_search?q=${encodeURIComponent(options.words)}&pretty'
  curl '${search.endpoint}/_cat/indices/${search.indexPattern}?v'
Read the archive:
  curl '${bucketUrl}?list-type=2&prefix=${archive.prefix}archive/'
  curl -su ${user}:${password} '${bucketUrl}/${encodeURI(archiveKey)}' | gunzip | head -n 1
What the functions log:
  tail -f ${options.logDirectory}/*.log
Use the emulated account, with the aws CLI or Terraform:
${Object.entries(variables)
  .map(([name, value]) => `  export ${name}='${value}'`)
  .join("\n")}
  aws kinesis list-streams
  terraform -chdir='${stackDirectory}' plan`;
}
