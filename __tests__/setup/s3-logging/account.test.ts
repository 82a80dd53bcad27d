import { checkAccount, type SetupAccount, setupAccount } from "../../../setup/s3-logging/account";
import { type HttpServer, startServer } from "../../support/http-server";

const ACCOUNT = "123456789012";
const TRUSTED =
  '{"Statement":[{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const arnOf = (path: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${path}`;

/** Roles by name. */
const ROLES: Readonly<Record<string, { arn: string; trustPolicy: string }>> = {
  firehose: { arn: arnOf("firehose"), trustPolicy: TRUSTED },
  ours: { arn: arnOf("team/ours"), trustPolicy: TRUSTED },
  lambda: { arn: arnOf("lambda"), trustPolicy: TRUSTED.replace("firehose", "lambda") },
};

let server: HttpServer;
let account: SetupAccount;

beforeAll(async () => {
  server = await startServer(({ method, body }, response) => {
    const form = new URLSearchParams(body.toString());
    const name = form.get("RoleName") ?? "";
    const role = ROLES[name];
    const caller = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/me</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;
    response.setHeader("content-type", "text/xml");
    if (method === "HEAD") response.end();
    else if (form.get("Action") === "GetCallerIdentity") response.end(caller);
    else if (name === "secret")
      response.writeHead(403).end("<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>");
    else if (!role)
      response.writeHead(404).end("<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>");
    else {
      const { arn, trustPolicy } = role;
      response.end(
        `<GetRoleResponse><GetRoleResult><Role><Arn>${arn}</Arn><AssumeRolePolicyDocument>${encodeURIComponent(trustPolicy)}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>`,
      );
    }
  });
  account = await setupAccount(server.origin);
});

afterAll(() => server.stop());

const OTHERWISE = "or leave --role out, and one is created.";

describe("a role to be reused", () => {
  it.each(["firehose", arnOf("firehose"), arnOf("team/ours")])(
    "is taken if it exists and Firehose may assume it: %s",
    async (role) => {
      expect(await checkAccount({ bucket: "logs", role }, account)).toEqual([]);
    },
  );

  it.each([
    ["nobody", `which does not exist in account ${ACCOUNT}. Create it (`],
    [arnOf("nobody"), `which does not exist in account ${ACCOUNT}. Create it (`],
    [arnOf("firehose", "210987654321"), `of account 210987654321, and the credentials are of ${ACCOUNT}: `],
    ["ours", `and the role of that name is ${arnOf("team/ours")}. Give that ARN, `],
    [arnOf("ours"), `and the role of that name is ${arnOf("team/ours")}. Give that ARN, `],
    ["lambda", "which does not trust firehose.amazonaws.com. Let Firehose assume it ("],
  ])("is refused with what to do, before anything is created: %s", async (role, reason) => {
    const checked = checkAccount({ bucket: "logs", role }, account);
    await expect(checked).rejects.toMatchObject({
      name: "UsageError",
      errors: [expect.stringContaining(`--role is ${role}, ${reason}`)],
    });
    await expect(checked).rejects.toMatchObject({ errors: [expect.stringContaining(OTHERWISE)] });
  });

  it("is taken, with a note, where the caller may not look", async () => {
    expect(await checkAccount({ role: "secret" }, account)).toEqual([
      "Whether the role secret exists is not known: IAM answered 403, AccessDenied (iam:GetRole).",
    ]);
  });

  it("is asked for by a signed call of the account's IAM", async () => {
    await checkAccount({ role: "firehose" }, account);
    const { headers, body } = server.requests.at(-1)!;
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/us-east-1\/iam\/aws4_request/);
    expect(body.toString()).toBe("Action=GetRole&RoleName=firehose&Version=2010-05-08");
  });

  it("is asked for only if one is given", async () => {
    const before = server.requests.length;
    expect(await checkAccount({ accountId: ACCOUNT, role: null }, account)).toEqual([]);
    expect(server.requests).toHaveLength(before);
  });
});
