import fc from "fast-check";
import { FINDERS } from "../../../core/rules/kinds/finders";
import { Redaction } from "../../../core/rules/redaction";
import { withoutRanges } from "../../../core/rules/text-range";
import { REDACTED } from "../../../core/settings/redacted";
import { REDACTED_KINDS, type RedactedKind, type RedactionRule } from "../../../core/settings/rules";

const ofKind = (kind: RedactedKind, text: string) => withoutRanges(text, FINDERS[kind](text));

const redacted = (message: string, ...rules: Omit<RedactionRule, "action">[]) =>
  new Redaction(rules.map((rule) => ({ action: "redact", ...rule }) as RedactionRule)).event(
    { id: "1", timestamp: 0, message },
    undefined,
  ).message;

/** By kind: RFC 5322, RFC 5737, RFC 3849, test cards of Stripe's documentation, RFC 7519's and AWS's example keys. */
const SECRETS: Readonly<Record<RedactedKind, readonly string[]>> = {
  email: ["joe@example.com", "a.b+c_d%e-f@sub.example.co.uk", "jürgen@bücher.example"],
  ipv4: ["192.0.2.1", "255.255.255.255", "010.001.000.009"],
  ipv6: ["2001:db8::1", "::1", "2001:DB8:0:0:8:800:200C:417A", "::ffff:192.0.2.1"],
  card_number: [
    ...["4242424242424242", "5555555555554444", "378282246310005", "30569309025904", "4222222222222"],
    ...["4242 4242 4242 4242", "3782-822463-10005", "6205500000000000004", "6011111111111117"],
  ],
  token: [
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODB9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
  ],
};

const anySecret = fc
  .constantFrom(...REDACTED_KINDS)
  .chain((kind) => fc.record({ kind: fc.constant(kind), secret: fc.constantFrom(...SECRETS[kind]) }));

/** Writes some of a text's characters as JSON's escapes. */
const escaped = (text: string, every: number) =>
  [...text].map((c, i) => (i % every === 0 ? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}` : c)).join("");

describe("the finder of each kind", () => {
  it.each(REDACTED_KINDS)("finds %s in a sentence, between quotes, and at either end", (kind) => {
    for (const secret of SECRETS[kind]) {
      expect(ofKind(kind, secret)).toBe(REDACTED);
      expect(ofKind(kind, `from ${secret}, at noon`)).toBe(`from ${REDACTED}, at noon`);
      expect(ofKind(kind, `"k":"${secret}"`)).toBe(`"k":"${REDACTED}"`);
      expect(ofKind(kind, `(${secret})=${secret};`)).toBe(`(${REDACTED})=${REDACTED};`);
    }
  });

  it.each<[RedactedKind, string[]]>([
    ["email", ["a@b", "@example.com", "a @ b.example", "a@1.2", "a@.example"]],
    ["ipv4", ["1.2.3", "256.1.1.1", "1.2.3.4.5", "1.22.333.4444"]],
    ["ipv6", ["12:30:59", "std::dead", "::", "a:b", "00:1b:44:11:3a:b7"]],
    ["card_number", ["4242424242424241", "1700000000000", "0.4242424242424242", "42424242424242424242", "4242 4242"]],
    [
      "token",
      [
        ...[
          "eyJ",
          "bearer of news",
          "Basic English",
          "AKIA1234",
          "the password is wrong",
          '{"passwordLastUsed":"2026"}',
        ],
        ...[
          '"Enter password:","user":"joe"',
          '["password:"]',
          '{"password":null}',
          '{"resetPassword":true}',
          '{"password":{"min":8}}',
          "password=",
          "second pass: 3 errors",
          "Unexpected token: identifier, token: expired, secret santa: bring 2 gifts",
          "tokens=5 token_type=bearer secretary=joe max_token_count=3, bearer expires_in=3600",
          "bearer: documentation is missing, authorization: denied for user joe42",
          '{"secret":{"name":"x"},"secret_arn":"arn:x","tokenType":"bearer","access_key_id":"x"}',
          "aws_access_key_id=x&signature_version=4",
          '{"bypass":"a","compass":1}',
          "mysql --password --host db",
          "http://[::1]:80/a@b, https://a.example:443 me@b.example",
        ],
      ],
    ],
  ])("leaves what is no %s", (kind, texts) => {
    expect(texts.map((text) => ofKind(kind, text))).toEqual(texts);
  });

  it.each([
    ["Authorization: Bearer abc.DEF-123~x", `Authorization: Bearer ${REDACTED}`],
    ["authorization=basic dXNlcjpwYXNz", `authorization=basic ${REDACTED}`],
    ["GET /o?X-Amz-Signature=0123abcd&a=1", `GET /o?X-Amz-Signature=${REDACTED}&a=1`],
    ['{"access_token" : ["abc123"]}', `{"access_token" : ["${REDACTED}"]}`],
    ["login?user=joe&password=p%40ss!&x=1", `login?user=joe&password=${REDACTED}&x=1`],
    ['"password": "a \\"b\\" c", "x": 1', `"password": "${REDACTED}", "x": 1`],
    ['{\\"Passwd\\":\\"s3c ret\\",\\"x\\":1}', `{\\"Passwd\\":\\"${REDACTED}\\",\\"x\\":1}`],
    ["x-api-key: $1,2", `x-api-key: ${REDACTED}`],
    ["password=a)b'c,d, user=e", `password=${REDACTED}, user=e`],
    ["User(password={a, name=b)", `User(password=${REDACTED}, name=b)`],
    [
      '"password":"{a","passwd":"true","passphrase":" "',
      `"password":"${REDACTED}","passwd":"${REDACTED}","passphrase":"${REDACTED}"`,
    ],
    ["GET /?password=a)b,c=d'e;f&x=1", `GET /?password=${REDACTED}&x=1`],
    ["{'password': b'a', :passwd=>\"[b\"}", `{'password': b'${REDACTED}', :passwd=>"${REDACTED}"}`],
    ['{\\"a\\":\\"password=b\\\\c\\",\\"d\\":1}', `{\\"a\\":\\"password=${REDACTED}\\",\\"d\\":1}`],
    ["SET password='a''b', x='c'", `SET password='${REDACTED}', x='c'`],
    ["Server=db;Uid=joe;Pwd=a b;db_pass=x", `Server=db;Uid=joe;Pwd=${REDACTED};db_pass=${REDACTED}`],
    ['"Password=a b c;User ID=joe"', `"Password=${REDACTED};User ID=joe"`],
    ['"Server=db;Password=a b c"', `"Server=db;Password=${REDACTED}"`],
    ["AccountName=x;AccountKey=a+/==;EndpointSuffix=y", `AccountName=x;AccountKey=${REDACTED};EndpointSuffix=y`],
    ["token=a&x=1, secret='b c', user token=d", `token=${REDACTED}&x=1, secret='${REDACTED}', user token=${REDACTED}`],
    ["token:abc123def, pass: hunter2x!, x", `token:${REDACTED}, pass: ${REDACTED}, x`],
    ["x-csrf-token: abc apiToken=b", `x-csrf-token: ${REDACTED} apiToken=${REDACTED}`],
    [
      '{"token":"a","app-secret":"b","my_token":["c"]}',
      `{"token":"${REDACTED}","app-secret":"${REDACTED}","my_token":["${REDACTED}"]}`,
    ],
    ["fetch('/?api_key=a').then(b) '/?token=c' d", `fetch('/?api_key=${REDACTED}').then(b) '/?token=${REDACTED}' d`],
    ["Bearer abc123==, Bearer abc123=de", `Bearer ${REDACTED}, Bearer ${REDACTED}`],
    ["bearer: abc123def4, Bearer=abc123def4;x", `bearer: ${REDACTED}, Bearer=${REDACTED};x`],
    ['bearer "abc123def4" authorizationBearer abc123def4', `bearer "${REDACTED}" authorizationBearer ${REDACTED}`],
    [
      'Authorization: Token abc123def4, {"authorization":"abc123def4"}',
      `Authorization: Token ${REDACTED}, {"authorization":"${REDACTED}"}`,
    ],
    [
      "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, Signature=fe5f80f7",
      `Authorization: AWS4-HMAC-SHA256 Credential=${REDACTED}/20130524/us-east-1/s3/aws4_request, Signature=${REDACTED}`,
    ],
    ['{"pass":"a","pwd":1,"db-pass":"b"}', `{"pass":"${REDACTED}","pwd":${REDACTED},"db-pass":"${REDACTED}"}`],
    ["psql --db-password x,1 -h db", `psql --db-password ${REDACTED} -h db`],
    ["run --passphrase 'a b' -v", `run --passphrase '${REDACTED}' -v`],
    ["postgres://joe:p@s:s%40@db/x?a=b@c", `postgres://joe:${REDACTED}@db/x?a=b@c`],
    ["redis://:s3cret@cache:6379", `redis://:${REDACTED}@cache:6379`],
    ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", `aws_secret_access_key = ${REDACTED}`],
  ])("finds the credentials in %j", (text, expected) => {
    expect(ofKind("token", text)).toBe(expected);
  });

  it("finds a card number among other groups of digits, which hide none", () => {
    expect(ofKind("card_number", "7 1234 4242 4242 4242 4242 123 9")).not.toContain("4242 4242");
  });

  it("takes time that grows with the length of a text alone", () => {
    for (const unit of [
      "@",
      "a@",
      "1",
      "1.",
      ":",
      "a:",
      "4242 ",
      "eyJ",
      "bearer ",
      "\\",
      "%40",
      "{",
      '{"a":',
      "-",
      ".",
      "id_token=",
      "password=",
      "password='",
      "bearer+",
      "basic+",
      "basic+YTpi",
      "://a:",
      "--password ",
      "-a-pass ",
      "token:",
      "token: a1",
      ";pwd=a b",
      "pwd=a b;c",
      "authorization: a ",
      "bearer='",
      "?token='",
    ]) {
      const text = unit.repeat(Math.ceil(1e6 / unit.length));
      for (const kind of REDACTED_KINDS) FINDERS[kind](text);
      expect(redacted(text, { what: [...REDACTED_KINDS] })).toBeDefined();
    }
  });
});

describe("Redaction", () => {
  const all = { what: [...REDACTED_KINDS] };

  it("leaves no secret in any value or name of JSON, however it is nested and escaped", () => {
    const property = fc.property(
      anySecret,
      fc.integer({ min: 1, max: 3 }),
      fc.nat(3),
      fc.json(),
      fc.boolean(),
      ({ kind, secret }, every, nested, other, isName) => {
        const written = `"${escaped(secret, every)}"`;
        let message = isName ? `{"a":${other},${written}:1}` : `{"a":[${other},{"b":${written}}],"z":1.50}`;
        for (let i = 0; i < nested; i++) message = `{"log":${JSON.stringify(message)}}`;
        let result = redacted(message, { what: [kind] });
        for (let i = 0; i < nested; i++) result = JSON.parse(result).log;
        const names = JSON.stringify(JSON.parse(result));
        expect(names).toContain(REDACTED);
        expect(names).not.toContain(JSON.stringify(secret).slice(1, -1));
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it("leaves no secret in a text with escapes, or in JSON behind a prefix or without an end", () => {
    const property = fc.property(anySecret, fc.integer({ min: 1, max: 3 }), ({ kind, secret }, every) => {
      const written = escaped(secret, every);
      for (const text of [`INFO {"a":"${written}"}`, `{"a":"${written}"`, `x ${written} {"a":1}`, `"${written}"`]) {
        expect(redacted(text, { what: [kind] })).toBe(text.replace(written, REDACTED));
      }
    });
    fc.assert(property);
  });

  it("finds addresses whose characters a query writes in percent", () => {
    expect(redacted("GET /?user=joe%40example.com&a=b", { what: ["email"] })).toBe(`GET /?user=${REDACTED}&a=b`);
  });

  it("leaves every message without a secret byte for byte", () => {
    const message = fc.oneof(fc.json(), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(message, (text) => {
        fc.pre(!/[@:%\\]|\d{2}|\d\.\d/.test(text));
        expect(redacted(text, all)).toBe(text);
      }),
    );
  });

  it("changes nothing but what it redacts, and nothing a second time", () => {
    const message =
      '{ "b":1.50, "a" : "joe@example.com" ,"id":9007199254740993,"card":4242424242424242,"__proto__":{}}';
    const result = redacted(message, all);
    expect(result).toBe(`{ "b":1.50, "a" : "${REDACTED}" ,"id":9007199254740993,"card":"${REDACTED}","__proto__":{}}`);
    expect(redacted(result, all, { pattern: "[A-Z]+" })).toBe(result);
  });

  it("redacts a number that JSON has with an exponent", () => {
    expect(redacted('{"n":4.242424242424242e15}', all)).toBe(`{"n":"${REDACTED}"}`);
  });

  it("redacts the fields of a name with all that is in them: dotted, in arrays, twice, in any case", () => {
    const fields = [{ field: "user.ssn" }, { field: "json.cloud.key" }];
    expect(
      redacted(
        '{"user":{"ssn":1,"id":2},"user.SSN":[{"a":"b"}],"u\\u0073er.":[{"ssn.x":null},3],"cloud":{"key":true},"ssn":4}',
        ...fields,
      ),
    ).toBe(
      `{"user":{"ssn":"${REDACTED}","id":2},"user.SSN":"${REDACTED}","u\\u0073er.":[{"ssn.x":"${REDACTED}"},3],` +
        `"cloud":{"key":"${REDACTED}"},"ssn":4}`,
    );
  });

  it("redacts a field in a parsed line wherever its text is, and all of a line that still has it", () => {
    const rules: RedactionRule[] = [{ action: "redact", field: "source.ip" }];
    const parse = (message: string) => {
      const [ip] = message.split(" ", 1);
      return { fields: { source: { ip: ip! } } };
    };
    const event = (message: string) => ({ id: "1", timestamp: 0, message });
    expect(new Redaction(rules).event(event("host-a GET /from/host-a"), parse).message).toBe(
      `${REDACTED} GET /from/${REDACTED}`,
    );
    const computing = () => ({ fields: { source: { ip: "computed" } } });
    expect(new Redaction(rules).event(event("host-a GET /"), computing).message).toBe(REDACTED);
  });

  it("redacts values of secrets' names in JSON, which stays JSON", () => {
    const tokens = { what: ["token"] } as const;
    expect(redacted('{"password":\n"{a","p\\u0061sswd":1,"apiKey":["a",2],"id_token":"~a","x":"y"}', tokens)).toBe(
      `{"password":\n"${REDACTED}","p\\u0061sswd":"${REDACTED}","apiKey":"${REDACTED}","id_token":"${REDACTED}","x":"y"}`,
    );
    const harmless = '{"a":"Enter password:","b":"token=","password":{"min":8},"api_key":true,"passwd":""}';
    expect(redacted(harmless, tokens)).toBe(harmless);
  });

  it("redacts what a pattern matches: in a value, and across the tokens of JSON", () => {
    expect(redacted('{"a":"pin=12\\"34"}', { pattern: 'pin=\\d+"\\d+' })).toBe(`{"a":"${REDACTED}"}`);
    expect(redacted('{"pin":"1234","b":1}', { pattern: '"pin":"[^"]*"' })).toBe(`{${REDACTED},"b":1}`);
  });

  it("redacts extracted fields, but not where a centralized event comes from", () => {
    const extractedFields = {
      "@aws.account": "222222222222",
      user: "joe@example.com",
      password: "a",
      "4242424242424242": "1",
      ip: "x",
    };
    const redaction = new Redaction([
      { action: "redact", ...all },
      { action: "redact", field: "aws.cloudwatch.extracted_fields.ip" },
    ]);
    expect(
      redaction.event({ id: "1", timestamp: 0, message: "a", extractedFields }, undefined).extractedFields,
    ).toEqual({
      "@aws.account": "222222222222",
      user: REDACTED,
      password: REDACTED,
      ip: REDACTED,
    });
  });
});
