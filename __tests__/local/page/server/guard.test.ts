import { Readable } from "node:stream";
import fc from "fast-check";
import { admit, checkBody, readBody } from "../../../../local/page/server/guard";
import type { PageRoute } from "../../../../local/page/server/section";

const token = "dG9rZW4";
const port = 4711;
const origin = `http://127.0.0.1:${port}`;
const get = { method: "GET", target: `/${token}/api/state?a=1&b=2`, headers: { host: `127.0.0.1:${port}` } };
const post = { ...get, method: "POST", headers: { ...get.headers, origin } };
const status = (request: Parameters<typeof admit>[0]) => {
  const admitted = admit(request, { port, token });
  return "status" in admitted ? admitted.status : admitted.path;
};

describe("admit", () => {
  it("lets the page's own requests in, with their path below the link", () => {
    const admitted = admit(get, { port, token });
    expect(admitted).toMatchObject({ path: "api/state" });
    expect("query" in admitted && [...admitted.query]).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
    expect(status(post)).toBe("api/state");
    expect(status({ ...get, target: `/${token}/` })).toBe("");
    expect(status({ ...get, headers: { host: `localhost:${port}`, origin: `http://localhost:${port}` } })).toBe(
      "api/state",
    );
  });

  it.each([
    "/",
    "//",
    `/${token}`,
    `/${token}x/`,
    `/${token.slice(0, -1)}/`,
    `/${token.toUpperCase()}/`,
    `/x/../${token}/`,
    `/%64G9rZW4/`,
    `http://127.0.0.1:${port}/${token}/`,
    "*",
    "",
  ])("denies a path without the token, and says where the link is: %s", (target) => {
    expect(admit({ ...get, target }, { port, token })).toEqual({
      status: 404,
      message: expect.stringContaining("npm start -- status prints the links of what runs"),
    });
  });

  it.each([
    undefined,
    "",
    "127.0.0.1",
    "localhost",
    `127.0.0.1:${port + 1}`,
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `127.0.0.1:${port}@evil.example`,
    `[::1]:${port}`,
    `127.1:${port}`,
  ])("denies another host, as after DNS rebinding: %s", (host) => {
    expect(status({ ...get, headers: host === undefined ? {} : { host } })).toBe(403);
  });

  it.each([
    undefined,
    "null",
    "http://evil.example",
    `https://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    `${origin}/`,
  ])("denies a POST of another origin: %s", (other) => {
    const { origin: _, ...headers } = post.headers;
    expect(status({ ...post, headers: other === undefined ? headers : { ...headers, origin: other } })).toBe(403);
  });

  it("denies a GET of another origin", () => {
    expect(status({ ...get, headers: { ...get.headers, origin: "null" } })).toBe(403);
  });

  it.each(["HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "CONNECT", "get", ""])("denies the method %s", (method) => {
    expect(status({ ...post, method })).toBe(405);
  });

  it("denies whatever does not begin with the token", () => {
    fc.assert(
      fc.property(fc.webPath(), (target) => {
        fc.pre(!target.startsWith(`/${token}/`));
        expect(status({ ...get, target })).toBe(404);
      }),
    );
  });
});

const handle = async () => ({ json: null });
const route: PageRoute = { handle };
const fileRoute: PageRoute = { handle, body: { type: "application/octet-stream", maxBytes: 10 } };

describe("checkBody", () => {
  it("takes JSON by default, with parameters, and the type of the route", () => {
    expect(checkBody({ "content-type": "application/json" }, route)).toBeUndefined();
    expect(checkBody({ "content-type": "Application/JSON ; charset=utf-8" }, route)).toBeUndefined();
    expect(checkBody({ "content-type": "application/octet-stream" }, fileRoute)).toBeUndefined();
  });

  it.each([
    undefined,
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/jsonx",
  ])("denies what a form can send without asking: %s", (type) => {
    expect(checkBody(type === undefined ? {} : { "content-type": type }, route)).toMatchObject({ status: 415 });
  });

  it("denies a length beyond the route's limit", () => {
    const headers = (length: number) => ({
      "content-type": "application/octet-stream",
      "content-length": String(length),
    });
    expect(checkBody(headers(10), fileRoute)).toBeUndefined();
    expect(checkBody(headers(11), fileRoute)).toEqual({
      status: 413,
      message: "The request's body is too long. Allowed: up to 10 bytes.",
    });
  });
});

describe("readBody", () => {
  const chunks = (...sizes: number[]) => Readable.from(sizes.map((size) => Buffer.alloc(size, "a")));

  it("reads up to the limit, whatever length was named", async () => {
    expect(await readBody(chunks(4, 6), fileRoute)).toEqual(Buffer.alloc(10, "a"));
    expect(await readBody(chunks(4, 6, 1), fileRoute)).toMatchObject({ status: 413 });
    expect(await readBody(chunks(65_536), route)).toHaveLength(65_536);
    expect(await readBody(chunks(65_536, 1), route)).toMatchObject({ status: 413 });
  });
});
