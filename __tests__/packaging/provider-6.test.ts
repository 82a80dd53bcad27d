import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { emittedConstructs } from "../../registry/constructs";
import { objectAttributes } from "../../registry/schema/object-attributes";
import type { Body } from "../../registry/stack/synthesize";
import { emittedModule } from "../registry/support/module";
import { skippedUnless } from "../support/skipped";
import { stacksOfRun } from "../support/stacks-of-run";
import { installedPackages } from "./installed-packages";
import { copySources, filesOf, link, root } from "./sources";

jest.setTimeout(300_000);

const run = promisify(execFile);

/**
 * The last bindings that were made for cdktf, and the newest for CDK Terrain when this was written, each with what it needs. They
 * are made from the schema of the AWS provider, 6.25.0 and 6.66.0, which itself cannot be had from npm: nothing here plans.
 */
const BINDINGS = [
  { bindings: "@cdktf/provider-aws", library: "cdktf", versions: ["21.22.1", "0.21.0", "10.4.2"] },
  // It finds what the others find, and takes half a minute more.
  ...(process.env.NIGHTLY
    ? [{ bindings: "@cdktn/provider-aws", library: "cdktn", versions: ["25.7.0", "0.24.0", "10.7.2"] }]
    : []),
] as const;

const resourcesOf = async (stack: string): Promise<unknown> => {
  const { terraform: _, "//": metadata, ...declared } = JSON.parse(await readFile(stack, "utf8"));
  return declared;
};

describe.each(BINDINGS)("the bindings $bindings of AWS provider 6", ({ bindings, library, versions }) => {
  const [ofBindings, ofLibrary, ofConstructs] = versions;
  const needed = { [bindings]: ofBindings, [library]: ofLibrary, constructs: ofConstructs };
  const installed = installedPackages((folder) => {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ devDependencies: needed }));
    return `${bindings.replace("/", "-")}@${ofBindings}`;
  });

  skippedUnless(installed, "a reachable npm registry").describe("in the place of those of 5.100", () => {
    const modules = join(installed ?? "", "node_modules");
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "provider-6-"));
      const replaced = [
        ["@cdktf/provider-aws", bindings],
        ["cdktf", library],
        ["constructs", "constructs"],
      ].map(([name, by]) => [name!, join(modules, by!)] as const);
      await copySources(folder, new Map(replaced));
      await link(join(root, "dist/functions"), join(folder, "dist/functions"));
    });

    afterAll(() => rm(folder, { recursive: true, force: true }));

    it("compile", async () => {
      await run(
        process.execPath,
        [join(root, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", "tsconfig.package.json"],
        {
          cwd: folder,
        },
      );
    });

    it("emit the same registry module, byte for byte", async () => {
      await run(process.execPath, ["node_modules/tsx/dist/cli.mjs", "registry/main.ts"], { cwd: folder });
      const ours = await emittedModule();
      const files = async (directory: string) =>
        Promise.all(
          (await filesOf(directory))
            .sort()
            .map(async (name) => [name, await readFile(join(directory, name), "base64")] as const),
        );

      const emitted = await files(join(folder, "dist/module"));
      expect(emitted.length).toBeGreaterThan(0);
      expect(emitted).toEqual(await files(ours.directory).finally(() => ours.remove()));
    });

    it("synthesize the same stacks, but for the provider's version", async () => {
      await run(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), "main.ts"], { cwd: folder });

      const ours = await stacksOfRun();
      const names = await readdir(ours);
      expect(names).toContain("logging-pipeline");
      for (const name of names) {
        expect(await resourcesOf(join(folder, "cdktf.out/stacks", name, "cdk.tf.json"))).toEqual(
          await resourcesOf(join(ours, name, "cdk.tf.json")),
        );
      }
    });

    it("know each argument that is used, also those of overrides, which no compiler sees", () => {
      const unknown = emittedConstructs.flatMap(({ synthesize }) => {
        const { resource, data } = synthesize();
        return [
          ...Object.entries(resource).map((entry) => [...entry, ""] as const),
          ...Object.entries(data).map((entry) => [...entry, "data-aws-"] as const),
        ].flatMap(([type, instances, kind]) => {
          const known = argumentsIn(
            join(modules, bindings, "lib", kind + type.slice("aws_".length).replaceAll("_", "-")),
          );
          const path = kind === "" ? type : `data.${type}`;
          return Object.values(instances)
            .flatMap((body) => argumentsOf(body, path))
            .filter((name) => !known.has(name))
            .map((name) => `${path}: ${name}`);
        });
      });

      expect(unknown).toEqual([]);
    });
  });
});

/** Terraform's own. */
const META = ["for_each", "count", "depends_on", "lifecycle", "provider"];

/** The names of all arguments and blocks of a resource, wherever they stand in it. @param path of what they are in */
function argumentsOf(body: Body, path: string): string[] {
  return Object.entries(body).flatMap(([name, value]) => {
    if (META.includes(name)) return [];
    if (name === "dynamic") {
      return Object.entries(value as Record<string, unknown>).flatMap(([block, each]) =>
        [each].flat().flatMap((one) => [block, ...argumentsOf((one as { content: Body }).content, `${path}.${block}`)]),
      );
    }
    const inside = `${path}.${name}`;
    const isBlock = typeof value === "object" && value !== null && !objectAttributes.has(inside);
    const blocks = isBlock ? [value].flat().filter((each) => typeof each === "object") : [];
    return [name, ...blocks.flatMap((each) => argumentsOf(each as Body, inside))];
  });
}

/** What the bindings of a resource link to the provider's documentation. */
function argumentsIn(folder: string): ReadonlySet<string> {
  const text = readFileSync(join(folder, "index.d.ts"), "utf8");
  return new Set([...text.matchAll(/docs\/(?:resources|data-sources)\/\w+#(\w+) /g)].map(([, name]) => name!));
}
