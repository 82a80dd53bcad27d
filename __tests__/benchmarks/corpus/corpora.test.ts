import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cases } from "../../../benchmarks/corpus/cases";
import { corpora } from "../../../benchmarks/corpus/corpora";

const NAMES = ["access logs (text)", "application logs (JSON)", "CloudTrail (JSON)"];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corpora-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, ...lines: string[]) => writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
const withFolder = () => ({ CORPUS_DIR: folder });

describe("corpora", () => {
  it("are generated, the same each time, and name their source", () => {
    const all = corpora({});
    expect(all.map(({ name, source }) => `${name}: ${source}`)).toEqual([
      "access logs (text): 6,600 generated lines",
      "application logs (JSON): 500 generated lines",
      "CloudTrail (JSON): 800 generated lines",
    ]);
    expect(corpora({})).toEqual(all);
  });

  it("are real logs where CORPUS_DIR has files of their names, and generated where it has none", () => {
    write("nginx-access.log", "two");
    write("apache-access.log", "one");
    write("own.log", "three");

    const [access, application, cloudTrail, own] = corpora(withFolder());
    expect(access).toMatchObject({
      messages: ["one", "two"],
      source: `2 lines of apache-access.log, nginx-access.log in ${folder}`,
    });
    expect([application!.source, cloudTrail!.source]).toEqual(["500 generated lines", "800 generated lines"]);
    expect(own).toMatchObject({ name: "CORPUS_DIR", messages: ["one", "two", "three"] });
  });

  it("have all lines of CORPUS_DIR as one more case, in records that fit an invocation", () => {
    write("own.log", "x".repeat(100_000));
    const names = cases(withFolder()).map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual([expect.stringContaining(NAMES[0]!), expect.anything(), expect.anything()]);
    expect(names[3]).toBe("CORPUS_DIR; 12 × 50");
  });

  it("reject a CORPUS_DIR without logs", () => {
    expect(() => corpora(withFolder())).toThrow(`CORPUS_DIR=${folder} has no text file`);
  });
});
