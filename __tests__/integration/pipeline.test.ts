import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { startAppliedMappings } from "../../local/event-source-mapping/applied";
import type { EventSourceMapping } from "../../local/event-source-mapping/mapping";
import { linesOfFile } from "../../local/log-events/file";
import { generateLines } from "../../local/log-events/generate";
import type { LogLine } from "../../local/log-events/line";
import { eventsOf, type PutEvent, putLines } from "../../local/log-events/put";
import { type OpenSearch, startOpenSearch } from "../../local/opensearch/opensearch";
import { checkPrerequisites } from "../../local/prerequisites";
import { type TemporaryDirectory, temporaryDirectory } from "../../local/processes/temporary-directory";
import { type ArchiveLocation, archiveLocation, type Envelope, listObjects } from "../../local/report/archive";
import { lookFurther } from "../../local/report/look-further";
import { type FoundDocument, findByIds, type SearchLocation } from "../../local/report/search";
import { type GroupReport, waitForDelivery } from "../../local/report/wait";
import { repositoryRoot } from "../../local/repository";
import { overrideProvider } from "../../local/terraform/override";
import { type Stack, stackIn } from "../../local/terraform/stack";
import { deploymentPackage, synthesize } from "../../local/terraform/synthesize";

const LOG_GROUPS = ["foo", "bar", "baz"];
const corpus = join(repositoryRoot, "..", "shared", "corpus");
const corpusFiles = existsSync(corpus) ? readdirSync(corpus).filter((name) => /\.(log|ndjson)$/.test(name)) : [];

let directory: TemporaryDirectory;
let emulator: Emulator;
let opensearch: OpenSearch;
let mappings: EventSourceMapping;
let clients: AwsClients;
const plans: Record<string, string> = {};
let lines: LogLine[];
const put: PutEvent[] = [];
let report: GroupReport[];
let search: SearchLocation;
let archive: ArchiveLocation;

beforeAll(async () => {
  await checkPrerequisites(false);
  directory = await temporaryDirectory();
  [emulator, opensearch] = await Promise.all([startEmulator(), startOpenSearch(), synthesize(directory.path)]);
  clients = awsClients(emulator.url);

  const [pipeline, logArchive] = ["logging-pipeline", "log-archive"].map((name) =>
    stackIn(join(directory.path, "stacks", name)),
  ) as [Stack, Stack];
  await Promise.all(
    [pipeline, logArchive].map(async (stack) => {
      await overrideProvider(stack.directory, emulator.url);
      await stack.init();
    }),
  );
  const applyPipeline = async () => {
    plans.first = await pipeline.plan();
    await pipeline.setVariables({ search_endpoint: opensearch.url });
    await pipeline.apply();
  };
  await Promise.all([applyPipeline(), logArchive.apply()]);
  [plans.pipeline, plans.logArchive] = await Promise.all([pipeline.plan(), logArchive.plan()]);
  const outputs = await pipeline.outputs();
  search = { endpoint: opensearch.url, indexPattern: String(outputs.index_pattern) };
  archive = archiveLocation(String(outputs.archive_uri));

  mappings = await startAppliedMappings({
    clients,
    zip: await deploymentPackage(pipeline.directory),
    environment: { AWS_ENDPOINT_URL_S3: emulator.url },
  });
  const now = Date.now();
  const files = corpusFiles.map((file, i) => linesOfFile(join(corpus, file), LOG_GROUPS[i % LOG_GROUPS.length]!, now));
  lines = [...generateLines(LOG_GROUPS, now, 3_000), ...(await Promise.all(files)).flatMap((file) => file.lines)];
  await putLines(clients.logs, lines);
  const putAt = Date.now();
  for (const group of LOG_GROUPS) put.push(...(await eventsOf(clients.logs, group)));
  const byGroup = new Map(LOG_GROUPS.map((group) => [group, put.filter(({ logGroup }) => logGroup === group)]));
  report = await waitForDelivery(byGroup, { search, archive, s3: clients.s3 }, putAt, () => {});
}, 600_000);

afterAll(async () => {
  await mappings?.stop();
  await Promise.all([opensearch?.stop(), emulator?.stop(), directory?.remove()]);
});

describe(`the pipeline, on generated lines${corpusFiles.length > 0 ? " and ../shared/corpus" : " (../shared/corpus is not there)"}`, () => {
  it("is planned with 25 resources", () => {
    expect(plans.first).toBe("Plan: 25 to add, 0 to change, 0 to destroy.");
  });

  it("has a plan without changes once it is applied", () => {
    expect(plans.pipeline).toMatch(/^No changes\./);
    expect(plans.logArchive).toMatch(/^No changes\./);
  });

  it("takes every line", () => {
    expect(sorted(put)).toEqual(sorted(lines));
  });

  it("loses and doubles nothing", () => {
    expect(report).toEqual(
      LOG_GROUPS.map((logGroup) =>
        expect.objectContaining({ logGroup, duplicates: 0, lost: 0, searchableSeconds: expect.any(Number) }),
      ),
    );
  });

  it("has a document for each event, with its time and its text, and no other document", async () => {
    const documents = await findByIds(
      search,
      put.map(({ id }) => id),
    );
    expect(documents).toHaveLength(put.length);
    const byId = new Map(documents.map((document) => [document._id, document]));
    for (const event of put) expect(readBack(byId.get(event.id)!, event)).toEqual(expected(event));

    const count = await fetch(`${search.endpoint}/${search.indexPattern}/_count`);
    expect(await count.json()).toMatchObject({ count: put.length });
  });

  it("has an archive that zcat turns into every envelope", async () => {
    const envelopes: Envelope[] = [];
    for (const key of (await listObjects(clients.s3, archive.bucket, `${archive.prefix}archive/`)).keys()) {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: archive.bucket, Key: key }));
      const input = await Body!.transformToByteArray();
      const text = execFileSync("gzip", ["-dc"], { input, encoding: "utf8", maxBuffer: 2 ** 30 });
      envelopes.push(
        ...text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
      );
    }
    const archived = envelopes.flatMap(({ logGroup, logStream, logEvents }) =>
      logEvents.map((event) => ({ ...event, logGroup, logStream })),
    );
    expect(archived.toSorted(byEventId)).toEqual(put.toSorted(byEventId));
  });

  it("can be looked at by the commands that npm start prints", async () => {
    const [archiveKey] = await listObjects(clients.s3, archive.bucket, `${archive.prefix}archive/`);
    const commands = lookFurther({
      emulatorUrl: emulator.url,
      search,
      archive,
      words: "search me im a log",
      archiveKey: archiveKey![0],
      stackDirectory: "stack",
      terraformCliConfig: "tfrc",
      logDirectory: "logs",
    });
    const answers = [...commands.matchAll(/curl (?:-su (\S+) )?'(.+?)'/g)].map(async ([, user, url]) => {
      const headers = user ? { Authorization: `Basic ${Buffer.from(user).toString("base64")}` } : {};
      return Buffer.from(await (await fetch(url!, { headers })).arrayBuffer());
    });
    const [found, indices, list, object] = await Promise.all(answers);
    expect(found!.toString()).toContain('"message" : "search me im a log"');
    expect(indices!.toString()).toMatch(/cwl-foo-/);
    expect(list!.toString()).toContain(`<Key>${archiveKey![0]}</Key>`);
    expect(gunzipSync(object!).toString()).toMatch(/^\{"messageType":"DATA_MESSAGE",/);
  });

  it("sets nothing aside", async () => {
    const kinds = ["dead-letter/", "rejected/", "aws/lambda/"];
    const objects = await Promise.all(
      kinds.map((kind) => listObjects(clients.s3, archive.bucket, archive.prefix + kind)),
    );
    expect(objects.flatMap((one) => [...one.keys()])).toEqual([]);
  });
});

const byEventId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

/** Comparable, whatever order they came in. */
function sorted(all: readonly LogLine[]): string[] {
  return all
    .map(({ logGroup, logStream, timestamp, message }) => JSON.stringify([logGroup, logStream, timestamp, message]))
    .toSorted();
}

function jsonObject(message: string): Record<string, unknown> | undefined {
  return message.startsWith("{") ? JSON.parse(message) : undefined;
}

function expected({ logGroup, logStream, timestamp, message }: PutEvent) {
  return { time: new Date(timestamp).toISOString(), logGroup, logStream, content: jsonObject(message) ?? message };
}

/** What the document says of the event; of a JSON object its members, wherever docs/documents.md puts them. */
function readBack({ _source }: FoundDocument, { message }: PutEvent) {
  const { aws, json, ...root } = _source as Record<string, Record<string, Record<string, unknown>>>;
  const members = Object.keys(jsonObject(message) ?? {}).map((key) => [key, { ...root, ...json }[key]]);
  const content =
    jsonObject(message) && aws!.cloudwatch!.refusal === undefined ? Object.fromEntries(members) : root.message;
  return {
    time: root["@timestamp"],
    logGroup: aws!.cloudwatch!.log_group,
    logStream: aws!.cloudwatch!.log_stream,
    content: aws!.cloudwatch!.refusal === undefined ? content : JSON.parse(String(content)),
  };
}
