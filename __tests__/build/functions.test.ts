import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { bundle } from "../../build/bundle";
import { copyFunctionSources } from "../support/function-sources";
import { zipOf } from "../support/function-zip";

const ROOT = join(__dirname, "..", "..");

/** Builds the functions from a copy of their sources, and of the packages they bundle, in another folder. */
function buildElsewhere(timeZone: string, umask: string): Buffer {
  const folder = copyFunctionSources("build");
  try {
    for (const tool of ["esbuild", "fflate", "typescript"])
      symlinkSync(join(ROOT, "node_modules", tool), join(folder, "node_modules", tool));
    const command = `umask ${umask} && exec "${join(ROOT, "node_modules", ".bin", "tsx")}" build/functions.ts`;
    execFileSync("sh", ["-c", command], { cwd: folder, env: { ...process.env, TZ: timeZone } });
    return readFileSync(join(folder, "dist", "functions", "forwarder.zip"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("npm run build", () => {
  it.each([
    ["Pacific/Kiritimati", "077"],
    ["America/Los_Angeles", "000"],
  ])("writes the same bytes in another folder, time zone %s and umask %s", (timeZone, umask) => {
    expect(buildElsewhere(timeZone, umask).equals(zipOf("forwarder"))).toBe(true);
  });

  it("zips index.js, what only patterns, credentials or aggregates load, and nothing else, without a path of this machine", () => {
    const files = unzipSync(zipOf("forwarder"));
    expect(Object.keys(files)).toEqual([
      "index.js",
      "node_modules/re2js/index.js",
      "credentials/authorized.js",
      "aggregates/user-records.js",
    ]);
    for (const file of Object.values(files)) {
      const code = Buffer.from(file).toString();
      expect(code).not.toContain(ROOT);
      expect(code).not.toContain(homedir());
    }
    expect(Object.keys(unzipSync(zipOf("index-cleanup")))).toEqual(["index.js", "credentials/authorized.js"]);
  });

  it("bundles aws4 alone, in less than 320 KB: a cold start reads all of it", () => {
    const { contents, bytesOf } = bundle("forwarder");
    expect(Buffer.from(unzipSync(zipOf("forwarder"))["index.js"]!).equals(contents)).toBe(true);
    const packages = Object.keys(bytesOf).flatMap(
      (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    expect([...new Set(packages)].sort()).toEqual(["aws4"]);
    expect(contents.length).toBeLessThan(320_000);
  });

  it("bundles into access-logs aws4 alone, in less than 320 KB: no SDK, and nothing of Kinesis", () => {
    const { contents, bytesOf } = bundle("access-logs");
    const paths = Object.keys(bytesOf).filter((path) => bytesOf[path]! > 0);
    expect(paths.filter((path) => /^node_modules\/(?!aws4\/)|kinesis/.test(path))).toEqual([]);
    expect(contents.length).toBeLessThan(320_000);
  });

  it("bundles into audit what compares, and no SDK, command line or transport of commands, in less than 360 KB", () => {
    const { contents, bytesOf } = bundle("audit");
    const paths = Object.keys(bytesOf).filter((path) => bytesOf[path]! > 0);
    expect(paths).toContain("audit/compare.ts");
    expect(paths.filter((path) => /@aws-sdk|commander|undici|clients/.test(path))).toEqual([]);
    expect(contents.length).toBeLessThan(360_000);
  });

  it("bundles no package at all into firehose-transform, in less than 250 KB: it sends no request", () => {
    const { contents, bytesOf } = bundle("firehose-transform");
    const paths = Object.keys(bytesOf).filter((path) => bytesOf[path]! > 0);
    expect(paths.filter((path) => /^node_modules\/|fast-path|http\/|retry/.test(path))).toEqual([]);
    expect(contents.length).toBeLessThan(250_000);
  });

  it.each(["forwarder", "access-logs", "index-cleanup", "archive-compaction", "audit", "firehose-transform"])(
    "writes code that Node.js can parse, whatever was shortened: %s",
    (name) => {
      const code = Buffer.from(bundle(name).contents).toString();
      expect(() => new Function("require", "module", "exports", code)).not.toThrow();
    },
  );

  it("keeps the names of functions and classes, so that a stack trace says where an error comes from", () => {
    const code = Buffer.from(bundle("forwarder").contents).toString();
    const load = new Function("require", "module", "exports", code);
    let stack = "";
    try {
      load(createRequire(__filename), { exports: {} }, {});
    } catch (error) {
      // The environment lacks everything.
      stack = (error as Error).stack!;
    }
    expect(stack).toMatch(/EnvironmentError: .*at parseVariables .*at parseEnvironment /s);
    expect(code).toContain("=class MessageParsing{");
  });
});
