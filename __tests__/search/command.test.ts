import { writeFileSync } from "node:fs";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { selfSigned } from "../../tools/certificate";
import { type HttpServer, startServer } from "../support/http-server";
import { prepareSearchCommand, type SearchCommand } from "../support/search-command";

const SETTINGS = ["--index-settings", "index-settings.json"];

/** What an OpenSearch without plugins answers to a path that it does not know. */
const NO_HANDLER = (path: string) => `{"error":"no handler found for uri [${path}] and method [GET]"}`;

const POLICY = "/_plugins/_ism/policies/logs";
const NOT_FOUND = { error: { type: "status_exception" }, status: 404 };

let command: SearchCommand;
let engine: HttpServer;
/** The engine's index templates, by name. */
let templates: Map<string, object>;
/** Its lifecycle policy, if it can have one. */
let policy: object | undefined;
let hasPolicies: boolean;
/** What any search finds. */
let documents: string[];

beforeAll(() => {
  command = prepareSearchCommand();
});
afterAll(() => command.remove());

beforeEach(async () => {
  templates = new Map();
  policy = undefined;
  hasPolicies = true;
  documents = ["a"];
  engine = await startServer(({ method, target, body }, response) => {
    if (hasPolicies && target === POLICY) {
      if (method === "PUT") policy = JSON.parse(body.toString());
      return void response.writeHead(policy ? 200 : 404).end(JSON.stringify(policy ?? NOT_FOUND));
    }
    if (target.includes("/_search?")) {
      return void response.end(JSON.stringify({ hits: { hits: documents.map((_id) => ({ _id })) } }));
    }
    const [, name] = /^\/_index_template\/?(.*)$/.exec(target) ?? [];
    if (name === undefined) return void response.writeHead(400).end(NO_HANDLER(target));
    if (method === "PUT") templates.set(name, JSON.parse(body.toString()));
    const found = [...templates].filter(([each]) => name === "" || each === name);
    if (name !== "" && found.length === 0) {
      response.writeHead(404).end('{"error":{"type":"resource_not_found_exception"},"status":404}');
      return;
    }
    const index_templates = found.map(([each, index_template]) => ({ name: each, index_template }));
    response.end(JSON.stringify({ index_templates }));
  });
  for (const name of ["SEARCH_USER", "SEARCH_PASSWORD", "SEARCH_API_KEY", "NODE_EXTRA_CA_CERTS"])
    delete command.env[name];
});
afterEach(() => engine.stop());

const at = (origin = engine.origin) => [...SETTINGS, "--search-endpoint", origin];

describe("npm run search", () => {
  it("describes its commands and their options", async () => {
    const { exitCode, stdout } = await command.run("--help");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/setup \[options\] +put roles, role mappings, index template/);
    expect((await command.run("setup", "--help")).stdout).toMatch(/--rotate-master-password <secret>/);
  });

  it("reports all usage errors together, and asks for nothing", async () => {
    const { exitCode, stdout, stderr } = await command.run(
      ...["setup", "--index-settings", "none.json", "--search-endpoint", "http://example.com", "--login", "basic"],
      ...["--reader", "", "--nonsense", "--rotate-master-password", "a b"],
    );
    expect([exitCode, stdout]).toEqual([2, ""]);
    for (const error of [
      "--index-settings none.json cannot be read",
      '--search-endpoint is "http://example.com". Allowed: an https:// origin',
      "SEARCH_USER is not set in the environment. --login basic needs it.",
      "SEARCH_PASSWORD is not set",
      '--reader is "". Allowed: the ARN of an IAM role or user',
      "Unknown option '--nonsense'",
      '--rotate-master-password is "a b". Allowed: the name or ARN of a secret',
    ]) {
      expect(stderr).toContain(`- ${error}`);
    }
    expect(engine.requests).toEqual([]);
  });

  it.each([
    [[], "No command is given. Allowed: setup, check, link."],
    [["setpu"], "Unknown command 'setpu'. (Did you mean setup?) Allowed: setup, check, link."],
  ])("takes no command line without one of its commands: %j", async (given, error) => {
    const { exitCode, stdout, stderr } = await command.run(...given);
    expect([exitCode, stdout, stderr]).toEqual([2, "", expect.stringContaining(`- ${error}`)]);
  });

  it("rotates a password only as the user whose it is", async () => {
    const { exitCode, stderr } = await command.run("setup", ...at(), "--rotate-master-password", "x");
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("--rotate-master-password needs --login basic")]);
  });
});

describe("npm run search -- link", () => {
  it("prints the command alone where Dashboards' URL is not given, and says so", async () => {
    const link = ["link", ...at(), "--log-group", "/app"];
    const [without, both] = [
      await command.run(...link),
      await command.run(...link, "--dashboards-url", "https://d.example"),
    ];
    expect([without.exitCode, both.exitCode]).toEqual([0, 0]);
    expect(without.stdout).toMatch(/^By curl \(for a link to Dashboards, give --dashboards-url\):\n {2}\S/);
    expect([without.stderr, both.stderr]).toEqual(["", ""]);
    expect(both.stdout).toMatch(/^In Dashboards:\n {2}https:\/\/d\.example\/\S+\nThe same by curl:\n {2}\S/);
  });
});

describe("npm run search -- link to nothing", () => {
  it("prints it, and says that it finds nothing, or that nobody knows", async () => {
    documents = [];
    const link = ["link", ...at(), "--log-group", "/app"];
    const nothing = await command.run(...link);
    expect(nothing).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("_msearch") });
    expect(nothing.stderr).toBe(
      "It finds nothing now: no event in cwl-*-20*.*.* from now-15m to now. Check --log-group, --from, --to.\n",
    );
    await engine.stop();
    const unknown = await command.run(...link);
    expect([unknown.exitCode, unknown.stderr]).toEqual([
      0,
      expect.stringMatching(/^Whether it finds anything is not known: .* does not answer: /),
    ]);
    const secret = await command.run(...link, "--login", "basic");
    expect([secret.exitCode, secret.stderr]).toEqual([
      0,
      "Whether it finds anything is not known: the secret of --login is not in the environment.\n",
    ]);
  });

  it("names the variable in place of the endpoint's option", async () => {
    const { exitCode, stderr } = await command.run("link", ...SETTINGS);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining(
        "- --search-endpoint is missing, and SEARCH_ENDPOINT is not set in the environment. Allowed: ",
      ),
    ]);
  });
});

describe("npm run search -- setup, and check", () => {
  it("sets up what the engine has, says what it lacks, and changes nothing the second time", async () => {
    const check = await command.run("check", ...at());
    expect([check.exitCode, templates.size]).toEqual([1, 0]);
    expect(check.stdout).toContain("missing  index template logs");
    expect((await command.run("setup", "--dry-run", ...at())).exitCode).toBe(0);
    expect(templates.size).toBe(0);

    const setup = await command.run("setup", ...at());
    expect([setup.exitCode, setup.stderr]).toEqual([0, ""]);
    expect(setup.stdout).toMatch(/^created {2}lifecycle policy logs \(ism\)$/m);
    expect(setup.stdout).toMatch(/^created {2}index template logs$/m);
    expect(setup.stdout).toMatch(
      /^skipped {2}roles and role mappings\n +The engine has no OpenSearch security plugin/m,
    );
    expect([...templates.keys()]).toEqual(["logs"]);

    const again = await command.run("setup", "--check", ...at());
    expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining("unchanged  index template logs")]);

    const calls = engine.requests.filter(({ target }) => target === POLICY).map(({ method }) => method);
    // Each of the four runs reads the policy once, and one of them puts it.
    expect(calls).toEqual(["GET", "GET", "GET", "PUT", "GET"]);
  });

  it.each([
    ["aws", {}, /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-central-1\/es\//],
    ["basic", { SEARCH_USER: "anna", SEARCH_PASSWORD: "pass:word" }, /^Basic YW5uYTpwYXNzOndvcmQ=$/],
    ["api-key", { SEARCH_API_KEY: "abc" }, /^ApiKey abc$/],
    ["none", {}, /^undefined$/],
  ])("logs in by %s", async (login, env, authorization) => {
    Object.assign(command.env, env);
    await command.run("check", ...at(), "--login", login);
    expect(engine.requests.length).toBeGreaterThan(2);
    for (const { headers } of engine.requests) expect(String(headers.authorization)).toMatch(authorization);
  });

  it("reports every part that fails, with what to do, and never the password", async () => {
    await engine.stop();
    engine = await startServer((_, response) =>
      response.writeHead(403).end('{"Message":"User: anonymous is not authorized to perform: es:ESHttpGet"}'),
    );
    Object.assign(command.env, { SEARCH_USER: "anna", SEARCH_PASSWORD: "hunter2" });
    const { exitCode, stdout, stderr } = await command.run("setup", ...at(), "--login", "basic");
    expect([exitCode, stderr]).toEqual([1, ""]);
    for (const part of ["roles and role mappings", "lifecycle policy", "index template"]) {
      expect(stdout).toMatch(new RegExp(`^failed +${part}$`, "m"));
    }
    expect(stdout).toContain("403: User: anonymous is not authorized to perform: es:ESHttpGet.");
    expect(stdout).not.toContain("hunter2");
  });

  it("fails where the engine cannot delete the indices as the settings say, and puts the template all the same", async () => {
    hasPolicies = false;
    const { exitCode, stdout } = await command.run("setup", ...at());
    expect([exitCode, [...templates.keys()]]).toEqual([1, ["logs"]]);
    expect(stdout).toMatch(
      /^failed {3}lifecycle policy\n +The lifecycle policy cannot be put: the engine has neither/m,
    );
    expect((await command.run("check", ...at())).exitCode).toBe(1);
  });

  it("says what to do where nothing listens", async () => {
    const { exitCode, stdout } = await command.run("setup", ...at("http://127.0.0.1:1"));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^Sets up http:\/\/127.0.0.1:1, with --login aws\.\nfailed +roles and role mappings\nfailed +lifecycle policy\nfailed +index template logs\n +http:\/\/127.0.0.1:1 does not answer: connect ECONNREFUSED.* Check that it is up/,
    );
    expect(stdout.match(/does not answer/g)).toHaveLength(1);
  });

  it("rejects a certificate that nobody vouches for, and accepts it once it is named", async () => {
    const { cert, key } = selfSigned("localhost");
    const server = https.createServer({ cert, key }, (_, response) => response.writeHead(400).end(NO_HANDLER("/")));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    try {
      const untrusted = await command.run("setup", ...at(origin));
      expect(untrusted.stdout).toMatch(/does not answer: self-signed certificate.*NODE_EXTRA_CA_CERTS=ca\.pem/);
      command.env.NODE_EXTRA_CA_CERTS = join(command.folder, "ca.pem");
      writeFileSync(command.env.NODE_EXTRA_CA_CERTS, cert);
      expect((await command.run("setup", ...at(origin))).stdout).toMatch(/^skipped {2}roles/m);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each([
    ["AWS_ACCESS_KEY_ID", /Could not load credentials.*Check AWS_PROFILE and AWS_REGION/],
    ["AWS_REGION", /Region is missing.*Check AWS_PROFILE and AWS_REGION/],
  ])("says what is missing without %s, and how else to log in", async (name, reason) => {
    const value = command.env[name];
    Object.assign(command.env, { [name]: undefined, AWS_EC2_METADATA_DISABLED: "true" });
    const { exitCode, stdout } = await command.run("check", ...at());
    command.env[name] = value;
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(reason)]);
    expect(stdout).toContain("--login aws, the default, signs");
    expect(stdout).toContain("--login none, basic or api-key");
  });

  it("takes a page in place of the engine for none", async () => {
    await engine.stop();
    engine = await startServer((_, response) => response.end("<!DOCTYPE html><title>Log in</title>"));
    const { exitCode, stdout } = await command.run("setup", ...at(), "--login", "none");
    expect([exitCode, engine.requests.every(({ method }) => method === "GET")]).toEqual([1, true]);
    for (const part of ["roles and role mappings", "lifecycle policy", "index template logs"]) {
      expect(stdout).toMatch(new RegExp(`^failed +${part}$`, "m"));
    }
    expect(stdout).toContain("200, and an HTML page. This is no OpenSearch or Elasticsearch");
  });
});
