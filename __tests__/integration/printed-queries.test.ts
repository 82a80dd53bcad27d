import { type OpenSearch, startOpenSearch } from "../../local/opensearch/opensearch";
import { curl } from "../../local/report/further-commands";
import { type Query, searchQueries } from "../../local/report/queries";
import { forwardTo } from "../support/engines";
import { eventId, logEvent } from "../support/kinesis";
import { hasTool, runInBash } from "../support/printed-commands";
import { skippedUnless } from "../support/skipped";

const HOUR_MS = 3_600_000;

const LINES: [kind: string, line: string][] = [
  ["a plain line", "search me im a log"],
  [
    "nginx",
    `192.0.2.1 - - [21/Nov/2026:03:00:00 +0000] "GET /a?b=%20c&d HTTP/1.1" 200 13 "-" "Mozilla/5.0 (X11; 'x')"`,
  ],
  [
    "CloudTrail",
    '{"eventVersion":"1.08","userIdentity":{"type":"AWSService"},"eventSource":"s3.amazonaws.com",' +
      '"eventName":"GetBucketAcl","readOnly":true,"bytes":12,"resources":[{"accountId":"111111111111"}]}',
  ],
  ["JSON with a message", '{"level":"warn","n":7,"message":"disk at 91 % {\\"x\\": [1]}"}'],
  ["JSON of numbers", '{"n":47110815}'],
  ["a logger's line", "2026-11-21T03:00:00Z INFO [main] com.shop.Orders - order 7 placed in 12 ms"],
  ["apostrophes", "it's what 'they' don't say"],
  ["quotes and brackets", `say "hi" [x] {y} (z) <w>`],
  ["backslashes", "C:\\temp\\new \\\\server\\share"],
  ["shell", "$HOME `id` $(id) !! ~ * ; rm -rf / # & | > /dev/null"],
  ["CJK", "件の注文が失敗しました"],
  ["emoji", "🐈👩‍👩‍👧"],
  ["punctuation", "***---***!!! ''' \"\"\""],
  ["several lines", "Traceback:\n\tat f (x.js:1)\r\n\tat g"],
  ["an escape sequence", "\u001b[31mred\u001b[0m"],
  ["one endless word of a megabyte", "x".repeat(1_000_000)],
];

let engine: OpenSearch;
const now = Date.now();

beforeAll(async () => {
  engine = await startOpenSearch();
  // Each in an index of its own, as each is all that a person has.
  for (const [n, [, line]] of LINES.entries()) {
    await forwardTo(engine, `young-${n}`, [logEvent(n, line, now)], {}, { arrival: now, parser: "auto" });
  }
  await forwardTo(engine, "old", [logEvent(99, "search me im old", now - 50 * HOUR_MS)], {}, { arrival: now });
}, 300_000);

afterAll(() => engine?.stop());

const queriesFor = async (logGroup: string, message: string, timestamp = now) => {
  const examples = [{ id: eventId(0), logGroup, logStream: "stream-1", timestamp, message }];
  return (await searchQueries({ endpoint: engine.url, indexPattern: `cwl-${logGroup}-*` }, examples)) as Query[];
};

skippedUnless(hasTool("curl"), "curl on the PATH").describe("the searches that npm start prints, by curl", () => {
  it.each(LINES.map((line, n) => [...line, n] as const))(
    "find %s when they are pasted into bash",
    async (_, line, n) => {
      const queries = await queriesFor(`young-${n}`, line);
      for (const query of queries) expect(query).toHaveProperty("body");
      const commands = queries.map((query) => curl(query).replace(/^curl /, "curl --silent --show-error --fail "));
      const answers = await Promise.all(commands.map((command) => runInBash(command)));

      expect(answers.map((answer) => answer.length < 2_000)).toEqual([true, true, true]);
      for (const answer of answers.slice(0, 2)) {
        expect(answer).toContain(`"@timestamp" : "${new Date(now).toISOString()}"`);
      }
      expect(answers[2]).toContain('"doc_count" : 1');
    },
  );

  it("find lines of another time, too", async () => {
    const queries = await queriesFor("old", "search me im old", now - 50 * HOUR_MS);
    const answers = await Promise.all(queries.map((query) => runInBash(curl(query))));
    expect(queries[0]!.title).toBe("The last hour of these lines, newest first");
    for (const answer of answers.slice(0, 2)) expect(answer).toContain('"message" : "search me im old"');
    expect(answers[2]).toContain('"doc_count" : 1');
  });
});
