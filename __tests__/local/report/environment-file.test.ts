import { execFileSync } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeEnvironmentFile } from "../../../local/report/environment-file";
import { temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { shellQuote } from "../../../tools/text/shell-quote";

const CONFIG = "/it's/a path/größer.tfrc";

let directory: string;
let file: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  const temporary = await temporaryDirectory();
  remove = temporary.remove;
  directory = join(temporary.path, "it's a größer $HOME");
  await mkdir(directory);
  file = await writeEnvironmentFile(directory, "http://127.0.0.1:5000", CONFIG);
});

afterAll(() => remove());

/** What a shell's environment is once it has sourced the file. */
function sourced(shell: string, env: NodeJS.ProcessEnv = {}): Record<string, string> {
  const command = `. ${shellQuote(file)} && ${shellQuote(process.execPath)} -p 'JSON.stringify(process.env)'`;
  const output = execFileSync(shell, ["-ec", command], {
    env: { PATH: process.env.PATH, ...env },
    // A bash whose standard input is a socket reads ~/.bashrc.
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  return JSON.parse(output);
}

describe.each(["sh", "bash"])("env.sh, sourced by %s", (shell) => {
  it("names the emulated account for the aws CLI of both versions, SDKs and Terraform", () => {
    expect(sourced(shell)).toMatchObject({
      AWS_ENDPOINT_URL: "http://127.0.0.1:5000",
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_SESSION_TOKEN: "local",
      TF_CLI_CONFIG_FILE: CONFIG,
    });
  });

  it("drops only the variables of the user's own accounts and projects", () => {
    const theirs = {
      AWS_PROFILE: "production",
      AWS_ENDPOINT_URL_S3: "https://s3.example",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      AWS_DEFAULT_REGION: "us-east-1",
      TF_WORKSPACE: "production",
      TF_VAR_name: "theirs",
    };
    const others = { HOME: "/home/me", TEXT: "a\nAWS_b=c", MY_AWS_PROFILE: "mine" };
    expect(sourced(shell, { ...theirs, ...others })).toEqual({ ...sourced(shell), ...others });
  });
});

describe("env.sh", () => {
  it("is readable by its owner only", async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});
