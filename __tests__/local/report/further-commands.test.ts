import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { furtherCommands } from "../../../local/report/further-commands";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { type HttpServer, startServer } from "../../support/http-server";
import { hasTool, printedCommands, runInBash } from "../../support/printed-commands";
import { type S3Server, startS3 } from "../../support/s3-server";
import { skippedUnless } from "../../support/skipped";

const NOW = Date.now();
const LONG = "x".repeat(10_000);
const FOUND = { hits: { hits: [{ _source: { "@timestamp": new Date(NOW).toISOString(), message: LONG } }] } };

let temporary: TemporaryDirectory;
let directory: string;
let s3: S3Server;
let search: HttpServer;
let found: object;

beforeEach(async () => {
  temporary = await temporaryDirectory();
  directory = join(temporary.path, "it's a größer $HOME `id` *");
  await mkdir(join(directory, "logs"), { recursive: true });
  await writeFile(join(directory, "logs", "logging-pipeline_foo.log"), "invoked\n");
  s3 = await startS3("bucket");
  found = FOUND;
  search = await startServer((_, response) => response.end(JSON.stringify(found)));
});

afterEach(async () => {
  await Promise.all([s3.stop(), search.stop()]);
  await temporary.remove();
});

const look = () =>
  furtherCommands({
    directory,
    logDirectory: join(directory, "logs"),
    emulatorUrl: s3.origin,
    search: { endpoint: search.origin, indexPattern: "cwl-*" },
    archive: { bucket: "bucket", prefix: "it's/" },
    examples: [{ id: "1", logGroup: "foo", logStream: "s", timestamp: NOW, message: "don't panic" }],
    stackDirectory: join(directory, "stack"),
    terraformCliConfig: "/tfrc",
    more: [["Replay", "npm run replay", "npm run replay -- --dry-run"]],
  });

/** The command below the title that begins so. */
async function command(title: string): Promise<string> {
  const text = await look();
  return printedCommands(text.slice(text.indexOf(`\n${title}`)))[0]!;
}

const withCurl = skippedUnless(hasTool("curl"), "curl on the PATH");

describe("furtherCommands", () => {
  withCurl.it("shows a search whose answer is short, even of a long line", async () => {
    const answer = await runInBash(await command("A phrase"));
    expect(answer.trim()).toBe(JSON.stringify(FOUND).slice(0, 500));
  });

  it("explains on one line why a search is left out", async () => {
    found = { hits: { hits: [] } };
    expect(await command("A phrase")).toBe("(not available: it finds none of these lines)");
  });

  withCurl.it("reads an object of the archive, whatever its key", async () => {
    const key = "it's/archive/größer?#&'*{a,b}[1]/a b.gz";
    s3.put(key, gzipSync(`{"messageType":"DATA_MESSAGE","${LONG}":1}\n{"messageType":"DATA_MESSAGE"}\n`));
    expect(await runInBash(await command("Read the archive"))).toMatch(/^\{"messageType":"DATA_MESSAGE","x{469}\n$/);
    expect(s3.read).toEqual([key, key]);
  });

  it("ignores objects of the archive that are not gzipped", async () => {
    s3.put("it's/archive/", Buffer.alloc(0));
    s3.put("it's/archive/a.txt", Buffer.from("text"));
    expect(await command("Read the archive")).toMatch(
      /^\(not available: http.*is not gzipped\)$|^\(not available: http.*…$/,
    );
    s3.put("it's/archive/b.gz", gzipSync("{}\n"));
    expect(await command("Read the archive")).toContain("/archive/b.gz");
  });

  it("reports that nothing was archived", async () => {
    expect(await command("Read the archive")).toBe("(not available: nothing is archived yet)");
  });

  it("shows the functions' logs", async () => {
    const tail = (await command("Follow the functions' logs")).replace("tail -f", "tail");
    expect(await runInBash(tail)).toBe("invoked\n");
  });

  it("names the account's variables in a file to source", async () => {
    const source = await command("Use the emulated account");
    expect(await runInBash(`${source}\necho "$AWS_ENDPOINT_URL"`)).toBe(`${s3.origin}\n`);
  });

  it("ends with further commands", async () => {
    expect(await look()).toMatch(/\nReplay:\n {2}npm run replay\n {2}npm run replay -- --dry-run$/);
  });
});
