import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { Listr } from "listr2";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { linesOfFile } from "../../local/log-events/file";
import { generateLines } from "../../local/log-events/generate";
import type { LogLine } from "../../local/log-events/line";
import type { PutEvent } from "../../local/log-events/put";
import { endEverything } from "../../local/processes/reaper";
import { type Envelope, listObjects } from "../../local/report/archive";
import { lookFurther } from "../../local/report/look-further";
import { type FoundDocument, findByIds } from "../../local/report/search";
import { repositoryRoot } from "../../local/repository";
import { type Session, tasks } from "../../local/tasks";

const LOG_GROUPS = ["foo", "bar", "baz"];
const corpus = join(repositoryRoot, "..", "shared", "corpus");
const corpusFiles = existsSync(corpus) ? readdirSync(corpus).filter((name) => /\.(log|ndjson)$/.test(name)) : [];

const session = {} as Session;
const plans: string[] = [];
let clients: AwsClients;
let lines: LogLine[];
let put: PutEvent[];

beforeAll(async () => {
  const now = Date.now();
  const files = corpusFiles.map((file, i) => linesOfFile(join(corpus, file), LOG_GROUPS[i % LOG_GROUPS.length]!, now));
  lines = [...generateLines(LOG_GROUPS, now, 3_000), ...(await Promise.all(files)).flatMap((file) => file.lines)];
  const steps = tasks({ lines, searchEndpoint: undefined });
  await new Listr(steps, { ctx: session, renderer: "silent", registerSignalListeners: false }).run().catch((error) => {
    throw error.cause ?? error;
  });
  await session.archiveApplied;
  plans.push(...(await Promise.all([session.pipeline.plan(), session.logArchive.plan()])));
  clients = awsClients(session.emulatorUrl);
  put = [...session.events.values()].flat();
}, 600_000);

afterAll(async () => {
  await session.mappings?.stop();
  await endEverything();
});

describe(`the pipeline, on generated lines${corpusFiles.length > 0 ? " and ../shared/corpus" : " (../shared/corpus is not there)"}`, () => {
  it("is planned with 25 resources", () => {
    expect(session.plan).toBe("Plan: 25 to add, 0 to change, 0 to destroy.");
  });

  it("has a plan without changes once it is applied", () => {
    expect(plans).toEqual([expect.stringMatching(/^No changes\./), expect.stringMatching(/^No changes\./)]);
  });

  it("takes every line", () => {
    expect(sorted(put)).toEqual(sorted(lines));
  });

  it("loses and doubles nothing", () => {
    expect(session.report).toEqual(
      LOG_GROUPS.map((logGroup) =>
        expect.objectContaining({ logGroup, duplicates: 0, lost: 0, searchableSeconds: expect.any(Number) }),
      ),
    );
  });

  it("has a document for each event, with its time and its text, and no other document", async () => {
    const { search } = session;
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
    const { archive } = session;
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
    const { archive } = session;
    const [archiveKey] = await listObjects(clients.s3, archive.bucket, `${archive.prefix}archive/`);
    const commands = lookFurther({
      ...session,
      words: "search me im a log",
      archiveKey: archiveKey![0],
      stackDirectory: session.pipeline.directory,
      terraformCliConfig: "tfrc",
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
    const { archive } = session;
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
  const content = jsonObject(message) && aws!.cloudwatch!.refusal === "" ? Object.fromEntries(members) : root.message;
  return {
    time: root["@timestamp"],
    logGroup: aws!.cloudwatch!.log_group,
    logStream: aws!.cloudwatch!.log_stream,
    content: aws!.cloudwatch!.refusal === "" ? content : JSON.parse(String(content)),
  };
}
