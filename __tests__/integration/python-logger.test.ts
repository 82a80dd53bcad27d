import { readdirSync, readFileSync } from "node:fs";
import { cp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { forward } from "../../functions/forwarder/forward";
import { emulatedAccount } from "../../local/aws/account";
import { run } from "../../tools/processes/process";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { prepareForwarding } from "../support/forwarding";
import { kinesisEvent } from "../support/kinesis";
import { type KinesisServer, startKinesis } from "../support/kinesis-server";
import { PYTHON_LOGGER, type PythonPackages, pythonPackages } from "../support/python-packages";

const README = readFileSync(join(PYTHON_LOGGER, "README.md"), "utf8");

let packages: PythonPackages;
let folder: TemporaryDirectory;

beforeAll(async () => {
  packages = await pythonPackages();
  folder = await temporaryDirectory();
}, 300_000);

afterAll(() => folder.remove());

/** The promises of the Python tests: `test_packs_lines` → "packs lines", by file. */
const PROMISES = readdirSync(join(PYTHON_LOGGER, "tests"))
  .filter((file) => /^test_\w+\.py$/.test(file))
  .map((file) => {
    const text = readFileSync(join(PYTHON_LOGGER, "tests", file), "utf8");
    return { file, names: [...text.matchAll(/^ {4}def test_(\w+)\(/gm)].map(([, name]) => name!) };
  });

interface Result {
  test: string;
  trouble: string;
}

describe("the Python logger's own tests", () => {
  const troubles = new Map<string, string>();

  beforeAll(async () => {
    const output = await run(packages.python, ["-B", "-m", "tests.report"], {
      cwd: PYTHON_LOGGER,
      env: { ...process.env, PYTHONPATH: "src" },
      timeoutSeconds: 300,
    });
    for (const line of output.split("\n").filter((text) => text.startsWith('{"test"'))) {
      const { test, trouble } = JSON.parse(line) as Result;
      troubles.set(test.split(".").at(-1)!, trouble);
    }
  }, 400_000);

  it("are those that its files name", () => {
    const names = PROMISES.flatMap((file) => file.names.map((name) => `test_${name}`));
    expect([...troubles.keys()].sort()).toEqual(names.sort());
  });

  for (const { file, names } of PROMISES) {
    describe(file, () => {
      it.each(names.map((name) => [name.replaceAll("_", " "), name]))("%s", (_, name) => {
        expect(troubles.get(`test_${name}`)).toBe("");
      });
    });
  }
});

/** The blocks of the README in `language`. */
const blocks = (language: string) =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\n([^]+?)^\`\`\``, "gm"))].map(([, text]) => text!);

const aws = (kinesis: KinesisServer) => ({ ...emulatedAccount, AWS_ENDPOINT_URL_KINESIS: kinesis.origin });

describe("the Python logger, installed as its README says", () => {
  let kinesis: KinesisServer;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    kinesis = await startKinesis("my-stream");
    const venv = join(folder.path, "venv");
    await run("python3", ["-m", "venv", venv], { env: process.env });
    // A copy, so that nothing is written into the sources.
    await cp(PYTHON_LOGGER, join(folder.path, "packages", "python-logger"), { recursive: true });
    const pip = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: packages.wheels, PIP_DISABLE_PIP_VERSION_CHECK: "1" };
    env = { PATH: `${join(venv, "bin")}:${process.env.PATH}`, HOME: folder.path, ...pip, ...aws(kinesis) };
    const [install] = blocks("sh");
    await run("sh", ["-ec", install!], { cwd: folder.path, env });
  }, 120_000);

  afterAll(() => kinesis.stop());

  it("runs each program of the README", async () => {
    const [quickStart, toStdout, lambda] = blocks("python");
    await run("python", ["-c", quickStart!], { cwd: folder.path, env });
    const printed = await run("python", ["-c", toStdout!], { cwd: folder.path, env });
    await run("python", ["-c", `${lambda}\nassert lambda_handler({}, None) == "done"\nimport os; os._exit(0)`], {
      cwd: folder.path,
      env,
    });
    const sent = kinesis.accepted.map(({ Data }) => JSON.parse(Buffer.from(Data, "base64").toString()));
    expect(sent).toMatchObject([
      { message: "order 1234 paid", customer: { id: 7 }, "log.level": "info" },
      { message: "invoked", "log.level": "warning" },
    ]);
    expect(JSON.parse(printed)).toMatchObject({ message: "to stdout", "service.name": "shop" });
  });

  it("has its types and its licence, in the wheel and in the sdist", async () => {
    const list = `
import glob, json, tarfile, zipfile, flit_core.buildapi as build
sdist = build.build_sdist("dist")
wheel, = glob.glob("dist/*.whl")
print(json.dumps([zipfile.ZipFile(wheel).namelist(), tarfile.open("dist/" + sdist).getnames()]))`;
    const cwd = join(folder.path, "packages", "python-logger");
    await cp(join(folder.path, "dist"), join(cwd, "dist"), { recursive: true });
    const [wheel, sdist] = JSON.parse(
      await run(packages.python, ["-c", list], { cwd, env: process.env }),
    ) as string[][];
    const sources = await readdir(join(PYTHON_LOGGER, "src", "aws_logging_pipeline_logger"));
    const files = sources.filter((name) => name !== "__pycache__").map((name) => `aws_logging_pipeline_logger/${name}`);
    const info = "aws_logging_pipeline_logger-0.1.0.dist-info";
    const meta = ["METADATA", "RECORD", "WHEEL", "licenses/LICENSE"].map((name) => `${info}/${name}`);
    expect(wheel!.sort()).toEqual([...files, ...meta].sort());
    const packed = [
      "LICENSE",
      "README.md",
      "pyproject.toml",
      "src/aws_logging_pipeline_logger/py.typed",
      "tests/support.py",
    ];
    expect(sdist).toEqual(expect.arrayContaining(packed.map((name) => `aws_logging_pipeline_logger-0.1.0/${name}`)));
  });
});

describe("lines of the Python logger", () => {
  const PROGRAM = `
import logging, sys
from aws_logging_pipeline_logger import KinesisHandler, backoff
backoff.BASE_SECONDS = 0.005
options = {"pack": {}, "plain": {"format": "plain"}, "gzip": {"compress": "gzip"}, "one": {"pack": False}}[sys.argv[1]]
handler = KinesisHandler("app", buffer_seconds=0.01, buffer_bytes=20_000, flush_seconds=60, **options)
logging.basicConfig(level=logging.INFO, handlers=[handler])
log = logging.getLogger("shop")
for n in range(400):
    log.info("line %d", n, extra={"order": {"number": n}, "filler": "x" * 300})
    if n % 100 == 0: handler.flush(60)
try: 1 / 0
except ZeroDivisionError: log.exception("line 400")
`;

  it.each(["pack", "gzip", "plain", "one"])("are found once under throttling and resets: %s", async (option) => {
    const kinesis = await startKinesis("app");
    let seen = 0;
    kinesis.reject = () => (seen++ % 3 === 0 ? "ProvisionedThroughputExceededException" : undefined);
    // The first request of which a record is accepted, and others.
    kinesis.resets = (request) => request % 4 === 1;
    // Not named like a module of Python, such as gzip.
    const program = join(folder.path, `program-${option}.py`);
    await writeFile(program, PROGRAM);
    const env = { PYTHONPATH: join(PYTHON_LOGGER, "src"), HOME: folder.path, ...aws(kinesis) };
    await run(packages.python, ["-B", program, option], { env, timeoutSeconds: 300 });
    await kinesis.stop();

    const { engine, io } = prepareForwarding();
    const records = kinesis.accepted.map(({ Data }) => Buffer.from(Data, "base64"));
    expect(await forward(kinesisEvent(...records), io)).toEqual({ batchItemFailures: [] });
    const messages = [...engine.documents.values()].map(({ message }) => message);
    expect(messages.sort()).toEqual(Array.from({ length: 401 }, (_, n) => `line ${n}`).sort());
    // Some came twice: what was accepted before its answer was reset is sent again.
    const created = engine.sizes.reduce((sum, size) => sum + size, 0);
    expect(created).toBeGreaterThan(401);
    const failed = [...engine.documents.values()].find(({ message }) => message === "line 400")!;
    expect(failed).toMatchObject({ "error.type": "ZeroDivisionError" });
  });
});
