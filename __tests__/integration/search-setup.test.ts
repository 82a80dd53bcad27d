import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { basicAuthorization } from "../../core/http/credentials/authorization";
import type { Send } from "../../core/http/send";
import { indicesOfSettings } from "../../core/indices/configured-indices";
import { ensureIndices } from "../../core/indices/ensure-indices";
import type { IndexSettings } from "../../core/settings/index-settings";
import type { Engine } from "../../local/opensearch/engine";
import type { SetupArguments } from "../../search/arguments/setup-arguments";
import { apiClient } from "../../search/client";
import { indexParts } from "../../search/indices/parts";
import { passwordPart } from "../../search/password/part";
import { secretApi } from "../../search/password/secret";
import { FUNCTIONAL_ROLES, type FunctionalRole, type RoleBody, roleBody } from "../../search/roles/functional-roles";
import { rolesPart } from "../../search/roles/part";
import { type SetupResult, setUp } from "../../search/setup/run";
import { selfSigned } from "../../tools/certificate";
import { MemoryBucket } from "../support/bucket";
import { invoke, unzipInto, zipOf } from "../support/function-zip";
import { type HttpServer, serve, startServer } from "../support/http-server";
import { defaultIndexSettings } from "../support/index-settings";
import { envelope, kinesisEvent, logEvent } from "../support/kinesis";
import { DUTIES, FORBIDDEN, OURS, ROLES_API, THEIRS } from "../support/role-duties";
import { type SecretsServer, startSecretsServer } from "../support/secrets-server";
import { type Caller, callerAs, PASSWORD, startSecuredEngine } from "../support/secured-engine";
import { MASTER } from "../support/secured-release";

const SETTINGS = defaultIndexSettings({ name: "logs", prefix: "cwl-" });
let engine: Engine;
let master: Caller;

beforeAll(async () => {
  ({ engine, master } = await startSecuredEngine([...FUNCTIONAL_ROLES, "chief"]));
  // Which gives everybody an index of their own, and bulk requests.
  await master("PUT", `${ROLES_API}/rolesmapping/own_index`, { users: [] });
  for (const index of [OURS, ...THEIRS]) await master("PUT", `/${index}/_doc/1?refresh`, { level: "info" });
  // What Dashboards makes at its first start, and what a person keeps in a tenant of their own.
  await master("PUT", "/.kibana_1", { aliases: { ".kibana": {} } });
  await master("PUT", "/.kibana/_doc/search:errors?refresh", { type: "search" });
  await master("PUT", "/.kibana_92668751_admin_1/_doc/search:own?refresh", { type: "search" });
}, 300_000);

afterAll(() => engine.stop());

const principals: SetupArguments["principals"] = new Map(
  FUNCTIONAL_ROLES.map((role) => [role, [{ kind: "users", name: role }]]),
);

function setUpRoles({
  settings = SETTINGS,
  mapped = principals,
  user = MASTER.user as string,
  password = MASTER.password as string,
  writes = true,
} = {}) {
  const login = { by: "basic", authorization: basicAuthorization(user, password) } as const;
  return setUp([rolesPart(settings, mapped, apiClient(engine.url, login))], writes);
}

const outcomes = (results: Awaited<ReturnType<typeof setUp>>) =>
  Object.fromEntries(results.map(({ title, outcome }) => [title, outcome]));

const putRole = (role: FunctionalRole, body: object) => master("PUT", `${ROLES_API}/roles/logs-${role}`, body);

describe("npm run search -- setup, on the security plugin", () => {
  it("puts roles and mappings where there are none, and changes nothing the second time", async () => {
    const first = await setUpRoles();
    expect(first.map(({ title, outcome }) => `${outcome} ${title}`)).toEqual(
      FUNCTIONAL_ROLES.flatMap((role) => [`created role logs-${role}`, `created role mapping logs-${role}`]),
    );
    const second = await setUpRoles();
    expect([...new Set(second.map(({ outcome }) => outcome))]).toEqual(["unchanged"]);
  });

  it("shows what somebody has changed without changing it, and restores it", async () => {
    const { index_permissions, ...rest } = roleBody(SETTINGS, "reader");
    const hidden = [{ ...index_permissions[0], dls: '{"match_none":{}}' }, ...index_permissions.slice(1)];
    await putRole("reader", { ...rest, index_permissions: hidden });
    await master("PUT", `${ROLES_API}/rolesmapping/logs-writer`, { users: ["writer", "mallory"], hosts: ["*"] });

    const check = await setUpRoles({ writes: false });
    expect(check.filter(({ outcome }) => outcome === "updated")).toEqual([
      {
        title: "role mapping logs-writer",
        outcome: "updated",
        lines: ['- hosts: ["*"]', '- users: ["mallory","writer"]', '+ users: ["writer"]'],
      },
      {
        title: "role logs-reader",
        outcome: "updated",
        lines: [`- index_permissions[0].dls: ${JSON.stringify('{"match_none":{}}')}`],
      },
    ]);
    expect(await setUpRoles({ writes: false })).toEqual(check);
    await setUpRoles();
    expect([...new Set((await setUpRoles()).map(({ outcome }) => outcome))]).toEqual(["unchanged"]);
  });

  it("leaves the mapping as it is of a role that nobody is given for", async () => {
    const before = (await master("GET", `${ROLES_API}/rolesmapping/logs-reader`)).text;
    expect(Object.keys(outcomes(await setUpRoles({ mapped: new Map() })))).not.toContain("role mapping logs-reader");
    expect((await master("GET", `${ROLES_API}/rolesmapping/logs-reader`)).text).toBe(before);
  });

  it("leaves another owner's role of the same name, and its mapping, as they are", async () => {
    const theirs = { description: "ours", cluster_permissions: ["cluster_all"] };
    await master("PUT", `${ROLES_API}/roles/theirs-writer`, theirs);
    const settings = defaultIndexSettings({ name: "theirs", prefix: "t-" });
    const results = await setUpRoles({ settings, mapped: new Map([["writer", [{ kind: "users", name: "mallory" }]]]) });
    expect(outcomes(results)).toMatchObject({
      "role theirs-writer": "foreign",
      "role mapping theirs-writer": "foreign",
      "role theirs-reader": "created",
    });
    expect(results[0]!.lines[0]).toMatch(
      /^theirs-writer is another owner's and stays as it is: its description does not begin/,
    );
    expect((await master("GET", `${ROLES_API}/roles/theirs-writer`)).text).toContain("cluster_all");
    expect((await master("GET", `${ROLES_API}/rolesmapping/theirs-writer`)).status).toBe(404);
  });

  it.each([
    ["a wrong password", MASTER.user, "wrong", /: 401. Check SEARCH_USER and SEARCH_PASSWORD/],
    [
      "a user who may not",
      "reader",
      PASSWORD,
      /: 403: No permission to access REST API.* Log in as somebody who may do so/,
    ],
  ])("says what to do about %s", async (_, user, password, message) => {
    expect(await setUpRoles({ user, password })).toEqual([
      { title: "roles and role mappings", outcome: "failed", lines: [expect.stringMatching(message)] },
    ]);
  });
});

/** The distribution has no Index State Management whose actions could be refused. */
const UNTESTED = ["cluster:admin/opendistro/ism/*"];

/** Returns the role once without each of its permissions. */
function weakened({ cluster_permissions, index_permissions, tenant_permissions, ...rest }: RoleBody) {
  const whole = { ...rest, cluster_permissions, index_permissions, tenant_permissions };
  const without = <T extends { allowed_actions: string[] }>(list: T[], i: number, action: string): T[] =>
    list
      .map((entry, n) =>
        n === i ? { ...entry, allowed_actions: entry.allowed_actions.filter((a) => a !== action) } : entry,
      )
      .filter((entry) => entry.allowed_actions.length > 0);
  return [
    ...cluster_permissions.map((action) => ({
      permission: action,
      body: { ...whole, cluster_permissions: cluster_permissions.filter((a) => a !== action) },
    })),
    ...index_permissions.flatMap(({ index_patterns: [pattern], allowed_actions }, i) =>
      allowed_actions.map((action) => ({
        permission: `${action} on ${pattern}`,
        body: { ...whole, index_permissions: without(index_permissions, i, action) },
      })),
    ),
    ...tenant_permissions.flatMap(({ allowed_actions }, i) =>
      allowed_actions.map((action) => ({
        permission: action,
        body: { ...whole, tenant_permissions: without(tenant_permissions, i, action) },
      })),
    ),
  ];
}

async function rejections(role: FunctionalRole): Promise<number[]> {
  const call = callerAs(engine, role);
  const refused: number[] = [];
  for (const [i, duty] of DUTIES[role].entries()) if (!(await duty(call, master))) refused.push(i);
  return refused;
}

describe.each(FUNCTIONAL_ROLES)("the role of the %s", (role) => {
  beforeAll(() => setUpRoles());

  it("suffices for what it is for", async () => {
    expect(await rejections(role)).toEqual([]);
  });

  const variants = weakened(roleBody(SETTINGS, role)).filter(({ permission }) => !UNTESTED.includes(permission));

  it.each(variants)("does not suffice without $permission", async ({ body }) => {
    const { status, text } = await putRole(role, body);
    expect([status, text]).toEqual([200, expect.stringContaining("updated")]);
    expect(await rejections(role)).not.toEqual([]);
  });
});

const forbidden = FUNCTIONAL_ROLES.flatMap((role) => FORBIDDEN[role].map(([title, duty]) => ({ role, title, duty })));

describe("a functional role", () => {
  beforeAll(() => setUpRoles());

  it.each(forbidden)("does not let the $role $title", async ({ role, duty }) => {
    expect(await duty(callerAs(engine, role), master)).toBe(false);
  });

  it("leaves every index and event that it must not touch as it was", async () => {
    for (const index of [OURS, ...THEIRS]) {
      expect((await master("GET", `/${index}/_doc/1`)).text).toContain('"_source":{"level":"info"}');
    }
  });
});

describe("npm run search -- setup, on templates", () => {
  const setUpIndices = (changes: Partial<IndexSettings> = {}, writes = true) => {
    const login = { by: "basic", authorization: basicAuthorization(MASTER.user, MASTER.password) } as const;
    return setUp(
      indexParts(defaultIndexSettings({ name: "logs", prefix: "cwl-", ...changes }), apiClient(engine.url, login)),
      writes,
    );
  };
  const own = async (name: string) => {
    const { text } = await master("GET", `/_index_template/${name}`);
    return JSON.parse(text).index_templates[0].index_template;
  };
  const ofTemplates = (results: SetupResult[]) => results.filter(({ title }) => title.startsWith("index template"));

  beforeEach(() => master("DELETE", "/_index_template/*"));

  it("puts the template of the forwarder, which then finds nothing to do", async () => {
    expect(outcomes(await setUpIndices())).toEqual({ "lifecycle policy": "failed", "index template logs": "created" });
    const before = await own("logs");
    const asked: string[] = [];
    const send: Send = async ({ method, path, body }) => {
      asked.push(method);
      const { status, text } = await master(method, path, body.length > 0 ? body.toString() : undefined);
      return { status, body: text };
    };
    // An engine without policies never has one: the forwarder looks for it each time.
    const indices = indicesOfSettings(defaultIndexSettings({ name: "logs", prefix: "cwl-", retentionDays: 0 }))!;
    await setUpIndices({ retentionDays: 0 });
    expect(await ensureIndices(indices, { send, remainingMs: () => 10_000 })).toEqual([]);
    expect(asked).toEqual(["GET"]);
    expect(before.index_patterns).toEqual(["cwl-*-20*.*.*"]);
  });

  it("finds and undoes what somebody has changed in it, although it says that it is of this version", async () => {
    await setUpIndices();
    const changed = await own("logs");
    changed.template.settings.index.codec = "default";
    changed.template.mappings.properties["event.id"] = { type: "text" };
    await master("PUT", "/_index_template/logs", changed);
    const [template] = ofTemplates(await setUpIndices({}, false));
    expect(template).toMatchObject({ outcome: "updated" });
    expect(template!.lines).toContain('- template.settings.index.codec: "default"');
    expect(template!.lines).toContain('+ template.settings.index.codec: "best_compression"');
    expect(template!.lines).toContain('- template.mappings.properties.event.id.type: "text"');
    await setUpIndices();
    expect(outcomes(ofTemplates(await setUpIndices({}, false)))).toEqual({ "index template logs": "unchanged" });
  });

  it("changes it with the settings of the pipeline, and tells a newer one and another owner's", async () => {
    await setUpIndices();
    expect(ofTemplates(await setUpIndices({ shards: 3 }))[0]!.lines).toContain(
      '+ template.settings.index.number_of_shards: "3"',
    );
    const newer = await own("logs");
    newer._meta.version = 1000;
    await master("PUT", "/_index_template/logs", newer);
    expect(outcomes(ofTemplates(await setUpIndices()))).toEqual({ "index template logs": "skipped" });
    delete newer._meta;
    await master("PUT", "/_index_template/logs", newer);
    expect(outcomes(ofTemplates(await setUpIndices()))).toEqual({ "index template logs": "foreign" });
    expect(await own("logs")).toEqual(newer);
  });

  it("warns about a template that wins over it, and not about another pipeline's of a longer prefix", async () => {
    await master("PUT", "/_index_template/all", { index_patterns: ["c*"], priority: 500 });
    await setUpIndices({ name: "b", prefix: "cwl-b-" });
    const warnings = (await setUpIndices()).filter(({ outcome }) => outcome === "warning");
    expect(warnings.map(({ lines }) => lines)).toEqual([
      [
        expect.stringMatching(
          /^The index template "all" matches indices such as cwl-.* and its priority 500 is not below that of "logs", 104/,
        ),
      ],
    ]);
  });

  it("leaves both alone where the pipeline does not manage them", async () => {
    expect(outcomes(await setUpIndices({ template: "none" }))).toEqual({
      "lifecycle policy": "skipped",
      "index template": "skipped",
    });
    expect((await master("GET", "/_index_template/logs")).status).toBe(404);
  });
});

describe("npm run search -- setup --rotate-master-password", () => {
  let secrets: SecretsServer;

  beforeEach(async () => {
    await master("PUT", `${ROLES_API}/internalusers/chief`, { password: PASSWORD });
    secrets = await startSecretsServer(JSON.stringify({ username: "chief", password: PASSWORD }));
  });
  afterEach(() => secrets.stop());

  const rotate = (current = PASSWORD) => {
    const login = (password: string) =>
      ({ by: "basic", authorization: basicAuthorization("chief", password) }) as const;
    const api = secretApi("the-secret", apiClient(secrets.origin, { by: "none" }));
    return setUp([passwordPart(api, current, apiClient(engine.url, login(PASSWORD)))], true);
  };
  const isPassword = async (password: string) =>
    (await callerAs(engine, "chief", password)("GET", "/_plugins/_security/authinfo")).status === 200;

  // Only those who may use the plugin's API may find it.
  beforeAll(() =>
    master("PUT", `${ROLES_API}/rolesmapping/all_access`, { backend_roles: ["admin"], users: ["chief"] }),
  );

  it("gives a new password, and keeps it beside the other members of the secret", async () => {
    expect(await rotate()).toMatchObject([{ outcome: "updated" }]);
    const { username, password } = JSON.parse(secrets.current());
    expect([username, await isPassword(password), await isPassword(PASSWORD)]).toEqual(["chief", true, false]);
  });

  it("leaves secret and password as they are when the engine refuses", async () => {
    expect(await rotate("wrong")).toMatchObject([
      { outcome: "failed", lines: [expect.stringContaining("AWSPENDING")] },
    ]);
    expect(JSON.parse(secrets.current()).password).toBe(PASSWORD);
    expect(await isPassword(PASSWORD)).toBe(true);
  });

  it("changes no password that the secret cannot keep", async () => {
    secrets.denied.add("PutSecretValue");
    expect(await rotate()).toMatchObject([{ outcome: "failed" }]);
    expect(await isPassword(PASSWORD)).toBe(true);
  });

  it("says where the password is when it cannot be made the current one", async () => {
    secrets.denied.add("UpdateSecretVersionStage");
    const [result] = await rotate();
    const pending = secrets.stages.get("AWSPENDING")!;
    expect(result!.lines[0]).toContain(`--move-to-version-id ${pending} --remove-from-version-id v1`);
    expect(await isPassword(JSON.parse(secrets.versions.get(pending)!).password)).toBe(true);
  });
});

describe("the forwarder with a user's credentials, on the security plugin by TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "forwarder-"));
  const certificate = selfSigned("127.0.0.1");
  const servers: HttpServer[] = [];

  beforeAll(async () => {
    unzipInto(folder, zipOf("forwarder"));
    await setUpRoles();
  });

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  });

  /** Delivers an event with this password in the secret. */
  async function deliver(password: string, n: number) {
    const secret = JSON.stringify({ username: "writer", password, ca_certificate: certificate.cert });
    const secrets = await startSecretsServer(secret);
    const s3 = await serve(new MemoryBucket());
    // The engine itself has no TLS for HTTP.
    const search = await startServer(async ({ method, target, headers, body }, response) => {
      const { authorization = "", "content-type": type = "application/json" } = headers;
      const answer = await fetch(engine.url + target, {
        method,
        headers: { Authorization: authorization, "Content-Type": type },
        ...(body.length > 0 && { body }),
      });
      response.writeHead(answer.status).end(await answer.text());
    }, certificate);
    servers.push(secrets, s3, search);
    const env = {
      SEARCH_ENDPOINT: search.origin,
      SEARCH_SECRET_ARN: "arn:aws:secretsmanager:eu-central-1:111111111111:secret:search-AbCdEf",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.origin,
      AWS_ENDPOINT_URL_S3: s3.origin,
      ARCHIVE_BUCKET: "the-archive",
      INDEX_TEMPLATE: "logs",
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
    const { exitCode, lines, stderr } = await invoke(folder, env, kinesisEvent(envelope([logEvent(n)])), 60_000);
    expect(lines.join() + stderr).not.toContain(password);
    return { exitCode, line: JSON.parse(lines[0]!) };
  }

  it("delivers as a user who has the writer's role, and puts the index template", async () => {
    await master("DELETE", "/_index_template/*");
    const { exitCode, line } = await deliver(PASSWORD, 1);
    expect([exitCode, line.error, line.IndexSetupWarnings]).toEqual([0, undefined, 0]);
    await master("POST", "/cwl-foo-*/_refresh");
    expect(JSON.parse((await master("GET", "/cwl-foo-*/_count")).text).count).toBe(1);
    expect((await master("GET", "/_index_template/logs")).status).toBe(200);
  });

  it("fails the batch with advice when the engine does not know the password", async () => {
    const { exitCode, line } = await deliver("Another-password.20", 2);
    expect([exitCode, line.errorCode]).toEqual([1, "ACCESS_DENIED"]);
    expect(line.error).toMatch(/answered 401 to _bulk\. .+With search_credentials: correct the secret after a 401/);
  });
});
