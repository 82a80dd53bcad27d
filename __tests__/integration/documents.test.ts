import { documentOf, recordFields } from "../../core/sinks/opensearch/document";
import { type Engine, startEngine } from "../../local/opensearch/engine";
import { describeEachEngine } from "../support/engines";
import { envelope } from "../support/kinesis";

const TIME = "2026-11-21T03:00:00.000Z";
const DATES = ["2026-11", "2026-11-21", "2026-11-21T03:00:00Z", "2026/11/21", "2026/11/21 03:00:00", "2026-11-21T03"];

describeEachEngine("dates on", (release) => {
  let search: Engine;
  beforeAll(async () => {
    search = await startEngine(release);
  }, 300_000);
  afterAll(() => search.stop());

  /** Creates a document for each message, in this order; returns the statuses. */
  async function index(name: string, messages: string[], logStream = "stream"): Promise<number[]> {
    const fields = recordFields(envelope([], { logStream }), "eu-central-1");
    const documents = messages.map((message) => documentOf(message, TIME, fields));
    const response = await fetch(`${search.url}/${name}/_bulk`, {
      method: "POST",
      headers: { "Content-Type": "application/x-ndjson" },
      body: documents.map((document) => `{"create":{}}\n${document}\n`).join(""),
    });
    const { items } = (await response.json()) as { items: { create: { status: number } }[] };
    return items.map(({ create }) => create.status);
  }

  it.each(DATES.flatMap((date) => [date, JSON.stringify({ message: date })]).map((first, n) => [first, n] as const))(
    "accepts text after a first message of %j",
    async (first, n) => {
      expect(await index(`messages-${n}`, [first, "ilikecats", '{"message":"im an awesome log file"}'])).toEqual([
        201, 201, 201,
      ]);
    },
  );

  it.each(DATES.map((date, n) => [date, n] as const))(
    "accepts any log stream after a first one of %j",
    async (date, n) => {
      expect(await index(`streams-${n}`, ["ilikecats"], date)).toEqual([201]);
      expect(await index(`streams-${n}`, ["ilikecats"], "i-0123456789abcdef0")).toEqual([201]);
    },
  );
});
