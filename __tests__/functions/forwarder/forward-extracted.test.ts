import { gunzipSync } from "node:zlib";
import { fieldExtractor } from "../../../core/messages/extraction";
import { lineJoining } from "../../../core/messages/joining";
import { MessageParsing } from "../../../core/parsers/message-parsing";
import { RuleSet } from "../../../core/rules/rule-set";
import { type ForwardSettings, forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { envelope, kinesisEvent, logEvent } from "../../support/kinesis";

const extract = fieldExtractor([{ name: "page", from: "url.path", pattern: "^/blog/(?P<page>[^/?]+)" }]);

const access = (path: string) => `10.0.0.7 - - [21/Nov/2026:03:00:00 +0000] "GET ${path} HTTP/1.1" 200 5`;
const json = (path: string) => JSON.stringify({ level: "info", url: { path }, n: 1 });

async function forwarded(messages: string[], settings: Partial<ForwardSettings> = {}) {
  const parsing = new MessageParsing({ parser: "auto", fields: [], keepMessage: true, eventOriginal: false, extract });
  const forwarding = prepareForwarding({ parsing, ...settings });
  const events = messages.map((message, i) => logEvent(i + 1, message));
  expect(await forward(kinesisEvent(envelope(events)), forwarding.io)).toEqual({ batchItemFailures: [] });
  const archived = [...forwarding.bucket.objects.values()].map((body) => gunzipSync(body).toString()).join("");
  return { documents: [...forwarding.engine.documents.values()], archived, line: forwarding.lines[0]! };
}

describe("forward, with fields of the user's own", () => {
  it("writes them beside those of parsers and of JSON, on both paths", async () => {
    for (const fastPath of [true, false]) {
      const { documents, line } = await forwarded(
        [access("/blog/cats"), json("/blog/dogs"), access("/shop"), "/blog/x"],
        {
          fastPath,
        },
      );
      expect(documents.map(({ page }) => page)).toEqual(["cats", "dogs", undefined, undefined]);
      expect(documents[1]).toMatchObject({ level: "info", url: { path: "/blog/dogs" }, n: 1 });
      expect(line).toMatchObject({ Events: 4, ParsedEvents: 2, FailedParses: 0 });
    }
  });

  it("lets rules decide by them", async () => {
    const rules = new RuleSet([{ action: "drop", condition: { field: "page", values: ["cats"] }, rate: 0 }]);
    const { documents, line } = await forwarded([access("/blog/cats"), json("/blog/cats"), json("/blog/dogs")], {
      rules,
    });
    expect(documents.map(({ page }) => page)).toEqual(["dogs"]);
    expect(line).toMatchObject({ DroppedEvents: 2, FailedRules: 0 });
  });

  it("redacts one wherever the message has its text, in the archive, too", async () => {
    const rules = new RuleSet([{ action: "redact", field: "page" }]);
    const messages = [access("/blog/cats?next=/blog/cats"), json("/blog/dogs"), access("/shop")];
    const { documents, archived, line } = await forwarded(messages, { rules, archiveContent: "redacted" });
    expect(documents.map(({ page }) => page)).toEqual(["[REDACTED]", "[REDACTED]", undefined]);
    expect(documents[0]!.message).toBe(access("/blog/[REDACTED]?next=/blog/[REDACTED]"));
    expect(documents[1]).toMatchObject({ level: "info", url: { path: "/blog/[REDACTED]" }, n: 1 });
    for (const text of [JSON.stringify(documents), archived]) expect(text).not.toMatch(/cats|dogs/);
    expect(line).toMatchObject({ RedactedEvents: 2, FailedRules: 0 });
  });

  it("redacts one that the message has itself in both places", async () => {
    const rules = new RuleSet([
      { action: "redact", field: "page" },
      { action: "drop", condition: { field: "page", values: ["cats"] }, rate: 0 },
    ]);
    const messages = ["mine", null, { a: 1 }].map((page) => JSON.stringify({ page, url: { path: "/blog/cats" } }));
    const { documents, archived } = await forwarded(messages, { rules, archiveContent: "redacted" });
    for (const { page, url } of documents) expect([page, url]).toEqual(["[REDACTED]", { path: "/blog/[REDACTED]" }]);
    expect(documents).toHaveLength(3);
    expect(archived).not.toMatch(/cats|mine/);
  });

  it("decides by the message's own field where it has one", async () => {
    const rules = new RuleSet([{ action: "drop", condition: { field: "page", values: ["cats"] }, rate: 0 }]);
    const { documents } = await forwarded([JSON.stringify({ page: "own", url: { path: "/blog/cats" } })], { rules });
    expect(documents.map(({ page }) => page)).toEqual(["own"]);
  });

  it("keeps nothing of a message from which a redacted field would still be extracted", async () => {
    const several = fieldExtractor([{ name: "code", from: "message", pattern: "code=(\\d+)" }]);
    const parsing = new MessageParsing({
      ...{ parser: "none", fields: [], keepMessage: true, eventOriginal: false, extract: several },
    });
    const rules = new RuleSet([{ action: "redact", field: "code" }]);
    const { documents } = await forwarded(["code=17 code=42", "17"], { parsing, rules });
    expect(documents.map(({ message, code }) => [message, code])).toEqual([
      ["[REDACTED]", undefined],
      ["17", undefined],
    ]);
  });

  it("extracts from joined lines", async () => {
    const type = fieldExtractor([{ name: "error.type", from: "message", pattern: "(?m)^([\\w.]+Exception)" }]);
    const parsing = new MessageParsing({
      ...{ parser: "none", fields: [], keepMessage: true, eventOriginal: false, extract: type },
    });
    const lines = ["2026-11-21 failed", "java.io.IOException: no", "\tat a.B", "2026-11-21 done"];
    const { documents } = await forwarded(lines, { parsing, joining: lineJoining("^\\d{4}") });
    expect(documents.map(({ error }) => error)).toEqual([{ type: "java.io.IOException" }, undefined]);
  });
});
