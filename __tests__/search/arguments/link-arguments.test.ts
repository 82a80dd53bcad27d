import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentId } from "../../../core/events/document-id";
import { parseLinkArguments } from "../../../search/arguments/link-arguments";
import { addLinkOptions, type LinkOptions } from "../../../search/arguments/link-options";
import { UsageCommand } from "../../../tools/usage/usage-command";

let directory: string;
let settings: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "link-"));
  settings = join(directory, "index-settings.json");
  const values = { name: "p", prefix: "cwl-", period: "day", indices: {}, history: [], retention_days: 30, shards: 1 };
  writeFileSync(
    settings,
    JSON.stringify({ ...values, refresh_interval_seconds: 1, sort: "none", template: "managed" }),
  );
});

afterAll(() => rm(directory, { recursive: true }));

function parse(...options: string[]) {
  const command = addLinkOptions(new UsageCommand("link"));
  const urls = ["--search-endpoint", "https://e.example", "--dashboards-url", "https://d.example/_dashboards"];
  command.parse(["--index-settings", settings, ...urls, ...options], { from: "user" });
  return parseLinkArguments(command.opts<LinkOptions>(), {}, command.errors);
}

it("reads times as date math and as ISO 8601", () => {
  expect(parse("--from", "now-2h", "--to", "now-1h")).toMatchObject({ from: "now-2h", to: "now-1h" });
  expect(parse("--from", "2026-11-21", "--to", "2026-11-21T03:30+01:00")).toMatchObject({
    from: "2026-11-21T00:00:00.000Z",
    to: "2026-11-21T02:30:00.000Z",
  });
});

it("takes values as they are", () => {
  const hostile = `'"!\n\u202e*`;
  expect(parse("--log-group", hostile, "--level", hostile, "--query", hostile)).toMatchObject({
    group: hostile,
    level: hostile,
    text: hostile,
  });
});

it("takes the _id of a document, and makes it of an event's id, group and account", () => {
  expect(parse("--around", "123.abc")).toMatchObject({ around: "123.abc" });
  expect(parse("--around", "123", "--log-group", "/app", "--account", "111111111111")).toMatchObject({
    around: documentId("123", { owner: "111111111111", logGroup: "/app" }),
  });
});

it("takes no times beside an event whose neighbours are looked for, whenever they were", () => {
  expect(() => parse("--around", "123.abc", "--from", "now-1h")).toThrow(
    "--around <id>' cannot be used with option '--from",
  );
  expect(() => parse("--around", "123.abc", "--to", "now")).toThrow("--around <id>' cannot be used with option '--to");
});

it("reports all mistakes together", () => {
  const options = ["--from", "yesterday", "--around", "123", "--account", "1", "--log-group", "", "--discover", "new"];
  const report = () => parse(...options, "--to", "now;rm");
  for (const option of ["--from", "--to", "--around", "--account", "--log-group", "--discover"]) {
    expect(report).toThrow(new RegExp(`^- ${option} `, "m"));
  }
});

it("rejects a time range that ends before it begins", () => {
  expect(() => parse("--from", "2026-11-22", "--to", "2026-11-21")).toThrow("--from must be before --to");
});

it("needs no secrets in the environment for what it only prints", () => {
  expect(parse("--login", "basic").login.by).toBe("basic");
  expect(() => parse("--login", "basic", "--around", "1.a")).toThrow("SEARCH_PASSWORD is not set");
});
