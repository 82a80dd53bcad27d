import { execFileSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { Listr } from "listr2";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { generateLines } from "../../local/log-events/generate";
import type { LogLine } from "../../local/log-events/line";
import type { PutEvent } from "../../local/log-events/put";
import { endEverything } from "../../local/processes/reaper";
import { type Envelope, listObjects } from "../../local/report/archive";
import { lookFurther } from "../../local/report/look-further";
import { type FoundDocument, findByIds } from "../../local/report/search";
import { type Session, tasks } from "../../local/tasks";
import { generatedLogs, realFiles } from "../support/corpus";
import { contentOfDocument, contentOfMessage } from "../support/document-content";
import { expectSameElements } from "../support/same-elements";

const LOG_GROUPS = ["foo", "bar", "baz"];
/** Each file is a log stream. */
const logs = [...generatedLogs, ...realFiles];

const session = {} as Session;
const plans: string[] = [];
let clients: AwsClients;
let lines: LogLine[];
let put: PutEvent[];

beforeAll(async () => {
  const now = Date.now();
  const ofLogs = logs.flatMap(([, messages], n) => {
    const where = { logGroup: LOG_GROUPS[n % LOG_GROUPS.length]!, logStream: `log-${n}`, timestamp: now };
    return messages.map((message): LogLine => ({ ...where, message }));
  });
  lines = [...generateLines(LOG_GROUPS, now, 3_000), ...ofLogs];
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

describe(`the pipeline, on generated lines${realFiles.length > 0 ? " and those of CORPUS_DIR" : ""}`, () => {
  it("is planned with 25 resources", () => {
    expect(session.plan).toBe("Plan: 25 to add, 0 to change, 0 to destroy.");
  });

  it("has a plan without changes once it is applied", () => {
    expect(plans).toEqual([expect.stringMatching(/^No changes\./), expect.stringMatching(/^No changes\./)]);
  });

  it("takes every line", () => {
    expectSameElements(put.map(lineOf), lines.map(lineOf), (line) => JSON.stringify(line));
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
    const byId = new Map(put.map((event) => [event.id, event]));
    const read = documents.map((document) => readBack(document, byId.get(document._id)!));
    expectSameElements(read, put.map(expected), ({ id }) => id);

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
    expectSameElements(archived, put, ({ id }) => id);
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

const lineOf = ({ logGroup, logStream, timestamp, message }: LogLine) => ({ logGroup, logStream, timestamp, message });

function expected({ id, logGroup, logStream, timestamp, message }: PutEvent) {
  return { id, time: new Date(timestamp).toISOString(), logGroup, logStream, content: contentOfMessage(message) };
}

/** What the document says of the event. */
function readBack({ _id, _source }: FoundDocument, { message }: PutEvent) {
  const { log_group, log_stream } = (_source.aws as { cloudwatch: Record<string, unknown> }).cloudwatch;
  return {
    id: _id,
    time: _source["@timestamp"],
    logGroup: log_group,
    logStream: log_stream,
    content: contentOfDocument(_source, message),
  };
}
