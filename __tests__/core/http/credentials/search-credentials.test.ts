import fc from "fast-check";
import { parseSearchCredentials } from "../../../../core/http/credentials/search-credentials";
import { selfSigned } from "../../../../tools/certificate";

const parse = (value: unknown) => parseSearchCredentials(typeof value === "string" ? value : JSON.stringify(value));
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("parseSearchCredentials", () => {
  it.each<[string, object, string]>([
    ["user and password", { username: "logs", password: "p:ä " }, `Basic ${base64("logs:p:ä ")}`],
    [
      "user and password beside what a rotation function needs",
      { engine: "opensearch", host: "h", username: "logs", password: "p" },
      `Basic ${base64("logs:p")}`,
    ],
    ["an encoded API key", { api_key: base64("id:key") }, `ApiKey ${base64("id:key")}`],
    ["an API key with its id before it", { api_key: "id:key" }, `ApiKey ${base64("id:key")}`],
    ["id and API key", { id: "id", api_key: "key" }, `ApiKey ${base64("id:key")}`],
    [
      "what Elasticsearch answers when it creates a key",
      { id: "id", name: "logs", expiration: 1, api_key: "key", encoded: base64("id:key") },
      `ApiKey ${base64("id:key")}`,
    ],
    ["members that are null, as missing", { username: null, api_key: "a2V5" }, "ApiKey a2V5"],
  ])("takes %s", (_, secret, authorization) => {
    expect(parse(secret)).toEqual({ authorization });
  });

  it.each<[unknown, string[]]>([
    ["", ["it is empty"]],
    ["hunter2", ["it is no JSON object"]],
    ['"hunter2"', ["it is no JSON object"]],
    [["hunter2"], ["it is no JSON object"]],
    [{}, ["it has neither username and password nor api_key"]],
    [{ hunter2: "hunter2" }, ["it has neither username and password nor api_key"]],
    [{ id: "hunter2" }, ["it has neither username and password nor api_key"]],
    [{ username: "hunter2" }, ["it has a username and no password"]],
    [{ password: "hunter2" }, ["it has a password and no username"]],
    [{ username: "a", password: "b", api_key: "hunter2" }, ["it has both a user and an API key"]],
    [{ username: "hunter2", api_key: "hunter2" }, ["it has both a user and an API key"]],
    [{ username: "", password: 12345678 }, ["username is empty", "password is no text"]],
    [{ username: ["hunter2"], password: {} }, ["username is no text", "password is no text"]],
    [
      { username: "hunter2:b", password: "hunter2\n" },
      [
        "username has a colon, which basic authentication cannot send",
        "username or password has a control character, such as a line break",
      ],
    ],
    [{ api_key: "hunter2 hunter2" }, ["the API key has a space, a line break or another character that no key has"]],
    [{ api_key: "hunter2\r\nX: y" }, ["the API key has a space, a line break or another character that no key has"]],
    [
      { password: "hunter2", ca_certificate: "hunter2" },
      ["it has a password and no username", "ca_certificate is no certificate in PEM"],
    ],
    [
      {
        username: "a",
        password: "b",
        ca_certificate: "-----BEGIN CERTIFICATE-----\nhunter2a\n-----END CERTIFICATE-----",
      },
      ["ca_certificate is no certificate in PEM"],
    ],
  ])("says what is wrong with %j, all of it and nothing of its texts", (secret, mistakes) => {
    const parsed = parse(secret);
    expect(parsed).toEqual({ mistakes });
    expect(JSON.stringify(parsed)).not.toContain("hunter2");
  });

  it.each<[string, (pem: string) => string]>([
    ["as it is", (pem) => pem],
    ["with other text around it", (pem) => `subject=CN = ca\r\n${pem.replaceAll("\n", "\r\n")}\nthe end`],
    ["as the console's form leaves it, with spaces in place of line breaks", (pem) => pem.replaceAll("\n", " ")],
    ["as a shell leaves it, with \\n in place of line breaks", (pem) => pem.replaceAll("\n", "\\n")],
    ["behind another one", (pem) => `${selfSigned("other").cert}${pem}`],
  ])("takes a certificate %s", (_, changed) => {
    const { cert } = selfSigned("ca");
    const [body] = /(?<=-----\n).+(?=\n-----END)/.exec(cert)!;
    const parsed = parse({ username: "a", password: "b", ca_certificate: changed(cert) });
    expect(parsed).toMatchObject({ ca: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n[^ ]+\n/) });
    expect((parsed as { ca: string }).ca.replaceAll("\n", "")).toContain(body);
  });

  it("takes or rejects any text, and repeats none of a secret that it rejects", () => {
    const value = fc.oneof(fc.string(), fc.constantFrom(null, 1, true, [], {}));
    const names = ["username", "password", "id", "api_key", "encoded", "ca_certificate"];
    const secret = fc.oneof(
      fc.string(),
      fc.dictionary(fc.constantFrom(...names), value).map((object) => JSON.stringify(object)),
    );
    fc.assert(
      fc.property(secret, (text) => {
        const parsed = parseSearchCredentials(text);
        if ("mistakes" in parsed) expect(parsed.mistakes.length).toBeGreaterThan(0);
        else expect(parsed.authorization).toMatch(/^(Basic|ApiKey) [!-~]+$/);
      }),
    );
  });
});
