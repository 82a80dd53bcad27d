import fc from "fast-check";
import { parseKeyValue } from "../../../core/parsers/key-value";
import { flatFields } from "../../support/flat-fields";

const membersOf = (line: string): unknown => {
  const json = parseKeyValue(line)?.json;
  return json && JSON.parse(json);
};

describe("a line of pairs", () => {
  // go-logfmt/logfmt, decode_test.go, TestDecoder_scan: those of two pairs and more.
  it.each<[string, object]>([
    ['a=1 b="bar" ƒ=2h3s', { a: 1, b: "bar", ƒ: "2h3s" }],
    ['a=1 b="bar" f=2h3s r="esc\\t" x=sf   ', { a: 1, b: "bar", f: "2h3s", r: "esc\t", x: "sf" }],
    ["y=f y=g", { y: ["f", "g"] }],
    ["x= y=", { x: "", y: "" }],
    ['y="f" x=""\n', { y: "f", x: "" }],
  ])("is read as logfmt is: %j", (line, members) => {
    expect(membersOf(line)).toEqual(members);
  });

  // The same file, TestDecoder_SyntaxError, with a pair before each.
  it.each([
    'x=1 "k"=bar',
    'x=1 k"ey=bar',
    'x=1 k=b"ar',
    "x=1 k=b =ar",
    "x=1 a==",
    'x=1 a="1',
    'x=1 a="1\\',
    "x=1 =bar",
  ])("is no line that logfmt refuses: %j", (line) => {
    expect(parseKeyValue(line)).toBeUndefined();
  });

  it("has its level and message where other lines have theirs", () => {
    // sirupsen/logrus, README: its text formatter.
    const line =
      'time="2015-03-26T01:27:38-04:00" level=warning msg="The group\'s number increased" number=122 omg=true\n';
    const parsed = parseKeyValue(line)!;
    expect(flatFields(parsed.fields)).toEqual({ "log.level": "warning" });
    expect(parsed.message).toBe("The group's number increased");
    expect(JSON.parse(parsed.json!)).toEqual({
      ...{ time: "2015-03-26T01:27:38-04:00", level: "warning", number: 122, omg: "true" },
    });
  });

  it("is a line whose whole message became fields if it names none", () => {
    // Heroku Dev Center, "HTTP Routing": a line of the router.
    const line =
      'at=info method=GET path="/" host=wpc-stock-market.herokuapp.com request_id=b85f19cf-a695-46f3-9f3e-1e120c757de1 fwd="24.60.203.45" dyno=web.1 connect=0ms service=17ms status=302 bytes=349 protocol=https';
    expect(parseKeyValue(line)).toEqual({ fields: {}, json: expect.any(String), isJson: false });
    expect(membersOf(line)).toEqual({
      ...{ at: "info", method: "GET", path: "/", host: "wpc-stock-market.herokuapp.com", fwd: "24.60.203.45" },
      ...{ request_id: "b85f19cf-a695-46f3-9f3e-1e120c757de1", dyno: "web.1", connect: "0ms", service: "17ms" },
      ...{ status: 302, bytes: 349, protocol: "https" },
    });
  });

  it("has numbers as JSON writes them, and texts otherwise", () => {
    const line = "a=-1.50 b=007 c=1e5 d=1234567890123456 e=123456789012345 f=0.1 g=.5 h=1. i=+1 j=0x1f k=- l=NaN";
    expect(parseKeyValue(line)!.json).toBe(
      '{"a":-1.50,"b":"007","c":"1e5","d":"1234567890123456","e":123456789012345,"f":0.1,"g":".5","h":"1.","i":"+1","j":"0x1f","k":"-","l":"NaN"}',
    );
  });

  it("may have any names, equals signs in values, and escapes that JSON has not", () => {
    const line =
      '__proto__=1 constructor=x http.status=200 sample#load-avg=0.5 url=/a?b=c&d=e color="\\x1b[0m" text="two\nlines"';
    expect(parseKeyValue(line)!.json).toBe(
      '{"__proto__":1,"constructor":"x","http.status":200,"sample#load-avg":0.5,"url":"/a?b=c&d=e","color":"\\\\x1b[0m","text":"two\\nlines"}',
    );
  });

  it("may have both names of a message, or one twice", () => {
    expect(parseKeyValue("msg=a message=b")).toMatchObject({ message: "b", json: '{"msg":"a"}' });
    const line = "msg=a msg=b level=loud";
    expect(parseKeyValue(line)).toEqual({ fields: {}, isJson: false, json: '{"msg":["a","b"],"level":"loud"}' });
  });

  it.each([
    ...["", "a", "a=1", "user logged in id=5 name=x", "id=5 was not found", "x == 1 y == 2", "a=1\nb=2", "a = 1"],
    ...["E = mc2", "if (a=1, b=2)", "a=1 b", "1=a 2=b", `${"a=1 ".repeat(1001)}`, `${"k".repeat(300)}=1 b=2`],
  ])("is no other text: %.60j", (text) => {
    expect(parseKeyValue(text)).toBeUndefined();
  });

  it("keeps every text of its values, whatever it is", () => {
    const name = fc.stringMatching(/^[a-z_][a-z.-]{0,8}$/).filter((text) => !["msg", "message"].includes(text));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, fc.string({ unit: "binary" })), { minLength: 2, selector: ([n]) => n }),
        (pairs) => {
          const line = pairs.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(" ");
          const members = new Map(Object.entries(membersOf(line) as object));
          for (const [key, value] of pairs) expect(String(members.get(key))).toBe(value);
        },
      ),
    );
  });
});
