import type { KinesisStreamEvent } from "aws-lambda";
import { MessageParsing } from "../../core/parsers/message-parsing";
import type { FieldValue } from "../../core/parsers/parsed-message";
import { NumberText } from "../../core/parsers/parsed-message";
import type { EventSettings } from "../../core/pipelines/kinesis-to-opensearch";
import type { ParserChoice } from "../../core/settings/parser-choice";
import { readBatch } from "../corpus/batches";
import { comparedRow } from "../measure/comparison";
import { inRounds, median, ratio, roundsFor, warm } from "../measure/rounds";
import { sendRow } from "../report/table";
import { core, SETTINGS } from "../subjects/core";

/** CPU milliseconds of all rounds of a way. */
const BUDGET_MS = 1_500;

const [file, name, parser] = process.argv.slice(2) as [string, string, ParserChoice];

const settingsOf = (choice: ParserChoice): EventSettings => ({
  ...SETTINGS,
  parsing: new MessageParsing({ parser: choice, fields: [], keepMessage: true, eventOriginal: false }),
});

async function main(): Promise<void> {
  const { event, events, messages } = readBatch(file) as ReturnType<typeof readBatch> & { messages: string[] };
  const none = settingsOf("none");
  const parsed = settingsOf(parser);
  const ms = await warm(() => core(event, none));
  await warm(() => core(event, parsed));
  parsed.parsing!.takeCounts();
  core(event, parsed);
  const share = parsed.parsing!.takeCounts().parsed / events;
  if (parser === "auto") return sendRow({ batch: name, "parsed, %": 100 * share, ...(await besideNone(event, ms)) });
  const rounds = await inRounds(
    { text: () => core(event, none), parsed: () => core(event, parsed) },
    roundsFor(ms, BUDGET_MS),
  );
  const microseconds = (way: "text" | "parsed") => (1_000 * median(rounds[way])) / events;
  sendRow({
    format: name,
    "parsed, %": Math.round(100 * share),
    bytes: Math.round(messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0) / messages.length),
    fields: Math.round(fieldsOf(messages)),
    "text, µs": microseconds("text"),
    "fields, µs": microseconds("parsed"),
    "× text": ratio(rounds, "parsed", "text"),
  });

  async function besideNone(batch: KinesisStreamEvent, passMs: number) {
    const again = settingsOf("none");
    const ways = { old: () => core(batch, none), again: () => core(batch, again), new: () => core(batch, parsed) };
    const row = comparedRow(await inRounds(ways, { ...roundsFor(passMs, 4 * BUDGET_MS), count: 41 }));
    return {
      "auto/none": row["new/old"]!,
      "none/none": row["old/old"]!,
      "middle half": row["middle half"]!,
      "auto is": row["new is"]!,
    };
  }
}

/** The number of fields that a message has on average. */
function fieldsOf(messages: readonly string[]): number {
  const parsing = settingsOf(parser).parsing!.of({ logGroup: "", logStream: "" })!;
  const counts = messages.map((message) => {
    const { fields, json } = parsing.parse(message) ?? { fields: {} };
    return leaves(fields) + (json === undefined ? 0 : leaves(JSON.parse(json)));
  });
  return counts.reduce((sum, count) => sum + count, 0) / messages.length;
}

function leaves(value: FieldValue): number {
  if (typeof value !== "object" || value === null || value instanceof NumberText) return 1;
  return Object.values(value).reduce((sum: number, member) => sum + leaves(member), 0);
}

void main();
