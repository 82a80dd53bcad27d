import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  accessLogsInputs,
  accessLogsOutputs,
  archiveInputs,
  archiveOutputs,
  archiveQueriesInputs,
  archiveQueriesOutputs,
  firehoseS3Inputs,
  firehoseS3Outputs,
  firehoseSearchInputs,
  firehoseSearchOutputs,
  pipelineInputs,
  pipelineOutputs,
} from "../../modules";
import { snakeCase } from "../../modules/inputs/schema";
import { version } from "../../package.json";
import { addressesOf, resourceFiles } from "../../registry/files/resources";
import { pipelineLayout } from "../../registry/layout/logging-pipeline";
import {
  synthesizeAccessLogs,
  synthesizeArchive,
  synthesizeArchiveQueries,
  synthesizeFirehoseS3,
  synthesizeFirehoseSearch,
  synthesizePipeline,
} from "../../registry/stack/synthesize";
import { CREATING, deployerActions } from "../support/deployer-actions";
import type { TerraformFolder } from "../support/terraform";
import { emittedModule } from "./support/module";

const EXAMPLES = [
  "deployer",
  ...["minimal", "complete", "existing-domain", "existing-log-groups", "stream-consumers"],
  ...["access-logs-alb", "access-logs-cloudtrail", "access-logs-cloudfront"],
  ...["firehose-s3", "firehose-search"],
];
const SUBMODULES = ["log-archive", "archive-queries", "access-logs", "firehose-s3", "firehose-search"];
const MODULES = [".", ...SUBMODULES.map((name) => `modules/${name}`)];
const FOLDERS = [...MODULES, ...EXAMPLES.map((name) => `examples/${name}`)];

let emitted: TerraformFolder;

beforeAll(async () => {
  emitted = await emittedModule();
});

afterAll(() => emitted?.remove());

const filesOf = ({ directory }: TerraformFolder): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();

const textOf = (path: string): string => readFileSync(join(emitted.directory, path), "utf8");
const configurationOf = (folder: string): string =>
  readdirSync(join(emitted.directory, folder))
    .filter((name) => name.endsWith(".tf"))
    .map((name) => textOf(join(folder, name)))
    .join("\n");
const declared = (text: string, kind: string): string[] =>
  [...text.matchAll(new RegExp(`^${kind} (.+) {`, "gm"))].map(([, name]) =>
    name!.replaceAll('"', "").replace(" ", "."),
  );

describe("the emitted module", () => {
  it("is the same for each emission", async () => {
    const again = await emittedModule();
    const hash = (of: TerraformFolder) =>
      filesOf(of).map((path) => [
        path,
        createHash("sha256")
          .update(readFileSync(join(of.directory, path)))
          .digest("hex"),
      ]);

    const hashes = hash(again);
    await again.remove();

    expect(hashes).toEqual(hash(emitted));
  });

  it("declares the resources of the constructs, in files by concern", () => {
    expect(declared(configurationOf("."), "resource").sort()).toEqual(addressesOf(synthesizePipeline()));
    expect(declared(configurationOf("modules/log-archive"), "resource").sort()).toEqual(
      addressesOf(synthesizeArchive()),
    );
    expect(declared(configurationOf("modules/archive-queries"), "resource").sort()).toEqual(
      addressesOf(synthesizeArchiveQueries()),
    );
    expect(declared(configurationOf("modules/access-logs"), "resource").sort()).toEqual(
      addressesOf(synthesizeAccessLogs()),
    );
    expect(declared(configurationOf("modules/firehose-s3"), "resource").sort()).toEqual(
      addressesOf(synthesizeFirehoseS3()),
    );
    expect(declared(configurationOf("modules/firehose-search"), "resource").sort()).toEqual(
      addressesOf(synthesizeFirehoseSearch()),
    );
  });

  it("declares the variables and outputs of the tables, in their order", () => {
    expect(declared(textOf("variables.tf"), "variable")).toEqual(Object.keys(pipelineInputs).map(snakeCase));
    expect(declared(textOf("outputs.tf"), "output")).toEqual(Object.keys(pipelineOutputs).map(snakeCase));
    expect(declared(textOf("modules/log-archive/variables.tf"), "variable")).toEqual(
      Object.keys(archiveInputs).map(snakeCase),
    );
    expect(declared(textOf("modules/log-archive/outputs.tf"), "output")).toEqual(
      Object.keys(archiveOutputs).map(snakeCase),
    );
    expect(declared(textOf("modules/archive-queries/variables.tf"), "variable")).toEqual(
      Object.keys(archiveQueriesInputs).map(snakeCase),
    );
    expect(declared(textOf("modules/archive-queries/outputs.tf"), "output")).toEqual(
      Object.keys(archiveQueriesOutputs).map(snakeCase),
    );
    expect(declared(textOf("modules/access-logs/variables.tf"), "variable")).toEqual(
      Object.keys(accessLogsInputs).map(snakeCase),
    );
    expect(declared(textOf("modules/access-logs/outputs.tf"), "output")).toEqual(
      Object.keys(accessLogsOutputs).map(snakeCase),
    );
    expect(declared(textOf("modules/firehose-s3/variables.tf"), "variable")).toEqual(
      Object.keys(firehoseS3Inputs).map(snakeCase),
    );
    expect(declared(textOf("modules/firehose-s3/outputs.tf"), "output")).toEqual(
      Object.keys(firehoseS3Outputs).map(snakeCase),
    );
    expect(declared(textOf("modules/firehose-search/variables.tf"), "variable")).toEqual(
      Object.keys(firehoseSearchInputs).map(snakeCase),
    );
    expect(declared(textOf("modules/firehose-search/outputs.tf"), "output")).toEqual(
      Object.keys(firehoseSearchOutputs).map(snakeCase),
    );
  });

  it("demands log_groups, and nothing else of the pipeline", () => {
    const variables = textOf("variables.tf").match(/^variable [\s\S]+?^}/gm)!;
    const demanded = variables.filter((variable) => !/^ {2}default +=/m.test(variable));
    expect(demanded.map((variable) => /"(\w+)"/.exec(variable)![1])).toEqual(["log_groups"]);
    expect(textOf("README.md")).toMatch(/^### Required\n\|.+\n\|.+\n\| `log_groups` \| `map` \| required \|/m);
    expect(textOf("variables.tf")).not.toMatch(/\b(foo|bar|baz)\b/);
  });

  it.each(MODULES.map((folder) => join(folder, "variables.tf")))(
    "lets a variable of %s be null only when that is its default",
    (path) => {
      const variables = textOf(path).match(/^variable [\s\S]+?^}/gm)!;

      for (const variable of variables) {
        expect([variable, /^ {2}nullable +=/m.test(variable)]).toEqual([
          variable,
          !/^ {2}default += null$/m.test(variable),
        ]);
      }
    },
  );

  it("has an example of a policy whose actions create every resource of the pipeline and its archive", () => {
    const addresses = [...addressesOf(synthesizePipeline()), ...addressesOf(synthesizeArchive())];
    const types = [...new Set(addresses.map((address) => address.split(".")[0]!))];
    expect(types.filter((type) => !deployerActions.has(CREATING[type]!))).toEqual([]);
  });

  it("writes policies as data sources, references bare, and no address with a hash", () => {
    const text = MODULES.map(configurationOf).join("\n");

    expect(text).not.toMatch(/jsonencode\(\{\s*Version/);
    expect(text).not.toMatch(/= "\$\{[\w.]+\}"$/m);
    expect(text.match(/data "aws_iam_policy_document"/g)).toHaveLength(38);
    expect(text).not.toMatch(/^(resource|data) .*[0-9A-F]{8}"/im);
  });

  // Of what the module uses, the provider's upgrade guide to version 6 has only this one.
  it("uses no attribute that version 6 of the provider deprecates", () => {
    expect(MODULES.map(configurationOf).join("\n")).not.toMatch(/data\.aws_region\.\w+\.name\b/);
  });

  it("gives a reason for each check that does not apply", () => {
    const skips = [
      ...MODULES.map(configurationOf)
        .join("\n")
        .matchAll(/#checkov:skip=(.*)/g),
    ];

    expect(skips.length).toBeGreaterThan(0);
    for (const [, skip] of skips) {
      expect(skip).toMatch(/^CKV2?_AWS_\d+: \S.{20,}/);
    }
  });

  it.each([
    ["forwarder", "", "forwarder.tf"],
    ["index-cleanup", "", "index-cleanup.tf"],
    ["archive-compaction", "", "archive-compaction.tf"],
    ["audit", "", "audit.tf"],
    ["access-logs", "modules/access-logs", "function.tf"],
    ["firehose-transform", "modules/firehose-search", "function.tf"],
  ])("has the zip of the function %s as it is built", (name, folder, file) => {
    const built = readFileSync(join(__dirname, `../../dist/functions/${name}.zip`));

    expect(readFileSync(join(emitted.directory, folder, `assets/${name}.zip`)).equals(built)).toBe(true);
    expect(textOf(join(folder, file))).toContain(`"\${path.module}/assets/${name}.zip"`);
  });
});

describe("the layout", () => {
  it("is rejected when it omits a resource, repeats one, or has one that does not exist", () => {
    const [main, ...others] = pipelineLayout;
    const files = (blocks: object) => () =>
      resourceFiles([{ path: "main.tf", blocks: { ...main!.blocks, ...blocks } }, ...others], synthesizePipeline());

    expect(() => resourceFiles(others, synthesizePipeline())).toThrow(/once: .*aws_kms_key.this has no file/);
    expect(files({ "aws_kinesis_stream.this": {} })).toThrow(/once: .*aws_kinesis_stream.this/);
    expect(files({ "aws_kms_key.that": {} })).toThrow(/once: .*aws_kms_key.that/);
  });
});

/** Terraform Registry, Publishing Modules: Requirements; Standard Module Structure. */
describe("the Terraform registry finds", () => {
  it("a name of three parts, terraform-<provider>-<name>", () => {
    expect(textOf("README.md")).toMatch(/^# terraform-aws-[a-z-]+\n/);
  });

  it("a version that is semantic", () => {
    expect(version).toMatch(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/);
  });

  it.each(["main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md", "LICENSE", "CHANGELOG.md"])(
    "%s at the root",
    (file) => {
      expect(filesOf(emitted)).toContain(file);
    },
  );

  it.each(FOLDERS)("main.tf, variables.tf, outputs.tf and README.md in %s", (folder) => {
    const files = readdirSync(join(emitted.directory, folder));

    expect(files).toEqual(
      expect.arrayContaining(["main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md"]),
    );
  });

  it.each(FOLDERS)("a description for each variable and output in %s", (folder) => {
    for (const kind of ["variable", "output"]) {
      const blocks = configurationOf(folder).match(new RegExp(`^${kind} [\\s\\S]+?^}`, "gm")) ?? [];
      expect(blocks.filter((block) => !/^ {2}description +=/m.test(block))).toEqual([]);
    }
  });

  it.each(MODULES)("no provider, no backend and bounded versions in %s", (folder) => {
    const text = configurationOf(folder);

    expect(text).not.toMatch(/^\s*(provider|backend|cloud) /m);
    expect(text).toMatch(/required_version = ">= [\d.]+, < [\d.]+"/);
    expect(text).toMatch(/version = ">= [\d.]+, < [\d.]+"/);
  });

  it("no state, no lock file and nothing to build", () => {
    expect(filesOf(emitted).filter((path) => !/\.(tf|hcl|md|zip)$|^LICENSE$|^examples\/.*\.js$/.test(path))).toEqual(
      [],
    );
    expect(filesOf(emitted).filter((path) => path.endsWith(".lock.hcl"))).toEqual([]);
  });

  it("documents whose tables are filled and whose links lead somewhere", () => {
    for (const path of filesOf(emitted).filter((each) => each.endsWith("README.md"))) {
      const text = textOf(path);
      expect(text).not.toMatch(/<!-- table:\S+ -->\n<!-- \/table -->/);
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, link]) => join(path, "..", link!));
      expect(
        links.filter((link) => !filesOf(emitted).some((file) => file === link || file.startsWith(`${link}/`))),
      ).toEqual([]);
    }
  });
});
