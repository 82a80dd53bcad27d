import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** registry/module/ is missing: its links lead within the emitted module, where registry/module.test.ts checks them. */
const documents = [
  ...readdirSync(root),
  ...["docs", "examples", ".github"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  ),
].filter((name) => name.endsWith(".md"));

const withoutCode = (markdown: string) => markdown.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*`/g, "");

/** Pages that GitHub itself serves beside a repository's files. */
const PAGE_OF_GITHUB = /^\.\.\/\.\.\/security\//;

/** Targets of links and images, in Markdown or HTML, that are not absolute URLs. */
function relativeTargets(markdown: string): string[] {
  const links = withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g);
  return [...links]
    .map((link) => link[1] ?? link[2]!)
    .filter((target) => !/^[a-z]+:/.test(target) && !PAGE_OF_GITHUB.test(target));
}

/** The anchors that GitHub gives to headings, where a repeated one gets a number, and those of `<a id>`. */
const anchors = (markdown: string): string[] => [
  ...headingAnchors(markdown),
  ...[...withoutCode(markdown).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!),
];

function headingAnchors(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...markdown.replaceAll(/^```.*?^```/gms, "").matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const text = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = text.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** The targets in `markdown`, a document at `path` below the root, that do not exist. */
function brokenTargets(path: string, markdown: string): string[] {
  return relativeTargets(markdown).filter((target) => {
    const [file, anchor] = target.split("#");
    const found = file === "" ? path : relative(root, join(root, dirname(path), file!));
    if (!existsSync(join(root, found))) return true;
    return anchor !== undefined && !anchors(readFileSync(join(root, found), "utf8")).includes(anchor);
  });
}

describe("the links of the documents", () => {
  it.each(documents)("lead to files and headings that exist: %s", (path) => {
    expect(brokenTargets(path, readFileSync(join(root, path), "utf8"))).toEqual([]);
  });

  it("are found in links, images and HTML, but not in code", () => {
    const markdown = [
      "[a](missing.md) ![b](missing.svg) [c](#missing) [d](../README.md#missing)",
      '<source srcset="missing-dark.svg"> <img src="missing-light.svg">',
      "`[e](code.md)` [f](https://example.com/missing) [g](local.md#what-runs)",
      "```",
      "[h](code.md)",
      "```",
    ].join("\n");

    expect(brokenTargets("docs/local.md", markdown)).toEqual([
      "missing.md",
      "missing.svg",
      "#missing",
      "../README.md#missing",
      "missing-dark.svg",
      "missing-light.svg",
    ]);
  });

  it("meet anchors as GitHub writes them", () => {
    const headings =
      '## Which events: `--from`, `--to`\n## [A link](b.md), twice\n## A link twice\n```\n# code\n```\n| <a id="row"></a> |';

    expect(anchors(headings)).toEqual(["which-events---from---to", "a-link-twice", "a-link-twice-1", "row"]);
  });
});
