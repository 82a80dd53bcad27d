import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { type Watch, watchFunction } from "../../dev/watch";
import { copyFunctionSources } from "../support/function-sources";
import { zipOf } from "../support/function-zip";
import { until } from "../support/until";

let root: string;
let watch: Watch;
const zips: Uint8Array[] = [];
const errors: string[] = [];

beforeAll(async () => {
  root = copyFunctionSources();
  watch = await watchFunction({
    ...{ root, name: "forwarder" },
    onBuild: ({ zip }) => zips.push(zip),
    onErrors: (text) => errors.push(text),
  });
});

afterAll(async () => {
  await watch.stop();
  rmSync(root, { recursive: true });
});

const written = () => readFileSync(join(root, "dist/functions/forwarder.zip"));

describe("watchFunction", () => {
  it("builds at once, the same bytes as npm run build", async () => {
    await until(() => zips.length >= 1);
    expect(zips).toHaveLength(1);
    expect(zipOf("forwarder").equals(zips[0]!)).toBe(true);
    expect(written().equals(zips[0]!)).toBe(true);
  });

  it("reports a compile error with its place, and keeps the zip", async () => {
    const file = join(root, "core/retry/backoff.ts");
    const source = readFileSync(file, "utf8");
    appendFileSync(file, "export const = 1;\n");
    await until(() => errors.length >= 1);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/core\/retry\/backoff\.ts:\d+:\d+/);
    expect(written().equals(zips[0]!)).toBe(true);

    writeFileSync(file, source);
    await until(() => zips.length >= 2);
    expect(zips).toHaveLength(2);
    expect(zips[1]).toEqual(zips[0]);
  });

  it("builds again when a file changes that the function imports", async () => {
    appendFileSync(join(root, "functions/forwarder/index.ts"), 'console.log("changed");\n');
    await until(() => zips.length >= 3);
    expect(zips).toHaveLength(3);
    expect(Buffer.from(unzipSync(zips[2]!)["index.js"]!).toString()).toContain('console.log("changed")');
    expect(written().equals(zips[2]!)).toBe(true);
  });
});
