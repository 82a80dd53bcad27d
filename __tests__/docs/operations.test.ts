import { readFileSync } from "node:fs";
import { join } from "node:path";
import { auditCommandLine } from "../../audit/arguments/options";
import { doctorCommandLine } from "../../doctor/arguments/options";
import { replayCommandLine } from "../../replay/arguments/options";
import { addLinkOptions } from "../../search/arguments/link-options";
import { addSetupOptions, addWriteOptions } from "../../search/arguments/setup-options";
import { repositoryRoot } from "../../tools/repository";
import { UsageCommand } from "../../tools/usage/usage-command";
import {
  comparableOutput,
  documentedOperations,
  documentedPattern,
  localOperations,
} from "../support/documented-operations";

const page = (name: string): string => readFileSync(join(repositoryRoot, "docs", name), "utf8");

const COMMANDS: Readonly<Record<string, () => UsageCommand>> = {
  audit: auditCommandLine,
  doctor: doctorCommandLine,
  replay: replayCommandLine,
  "search setup": () => addWriteOptions(addSetupOptions(new UsageCommand("setup"))),
  "search link": () => addLinkOptions(new UsageCommand("link")),
};

/** The page's calls of this project's commands: name and arguments. */
const CALLS = documentedOperations()
  .flatMap(({ text }) => [
    ...text.replaceAll("\\\n", "").matchAll(/\bnpm run (?:--silent )?(\w+) --(?: (setup|link)\b)?([^|\n]*)/g),
  ])
  .map(([call, name, subcommand, args]) => ({ call, name: [name, subcommand].filter(Boolean).join(" "), args: args! }));

/** The sections with commands that need AWS, as anchors. */
const AWS_SECTIONS = [
  ...new Set(
    documentedOperations()
      .filter(({ isAwsOnly, text }) => isAwsOnly && !text.includes("stacks="))
      .map(({ section }) =>
        section
          .toLowerCase()
          .replaceAll(/[^\w ]/g, "")
          .replaceAll(" ", "-"),
      ),
  ),
];

describe("docs/operations.md", () => {
  it("has commands in each section, most of which the nightly test runs", () => {
    const sections = new Set(documentedOperations().map(({ section }) => section));
    expect([...sections]).toEqual([...page("operations.md").matchAll(/^## (.+)$/gm)].map(([, title]) => title));
    expect(localOperations().length).toBeGreaterThan(documentedOperations().length / 2);
    expect(CALLS.length).toBeGreaterThan(7);
  });

  it.each(CALLS)("gives options that the command has: $call", ({ name, args }) => {
    const { options } = COMMANDS[name]!();
    for (const [option] of args.matchAll(/(?<=\s)--[a-z-]+/g)) {
      expect(options.map(({ long }) => long)).toContain(option);
    }
  });

  it("sets inputs that the stacks have", () => {
    const settings = documentedOperations().filter(({ language }) => language === "hcl");
    const names = settings.flatMap(({ text }) => [...text.matchAll(/^([a-z_]+) += /gm)].map(([, name]) => name!));
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !page("terraform.md").includes(`| \`${name}\` | `))).toEqual([]);
  });

  it("has checks in unverified.md for all that the nightly test cannot try", () => {
    const unverified = page("unverified.md");
    expect(AWS_SECTIONS.filter((anchor) => !unverified.includes(`(operations.md#${anchor})`))).toEqual([]);
  });

  it("is compared with what is printed by all but numbers, spaces and what … leaves out", () => {
    const pattern = documentedPattern("a 1\n…\ntotal  17 (%)");
    expect(comparableOutput("a 22\n\nwhatever\n\ntotal 3 (%)\n")).toMatch(pattern);
    for (const other of ["a 1\ntotal 3 (%) and more", "b 1\ntotal 3 (%)", "a 1\ntotal n (%)"]) {
      expect(comparableOutput(other)).not.toMatch(pattern);
    }
  });
});
