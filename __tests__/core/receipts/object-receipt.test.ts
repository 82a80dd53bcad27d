import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { objectReceipt, readReceipt } from "../../../core/receipts/object-receipt";
import { noEvents, Receipt } from "../../../core/receipts/receipt";
import { receiptMembers, textOfMembers } from "../../../core/receipts/receipt-members";
import { formatReceipt, parseReceipt } from "../../../core/receipts/receipt-text";
import { anyRows, receiptOf } from "../../support/any-receipt";

const HOUR = Date.UTC(2026, 10, 28, 5) / 3_600_000;
const tally = { ...noEvents(HOUR), events: 3, fingerprint: { high: 0, low: 0xdeadbeef } };
const place = { account: "123456789012", logGroup: "/aws/lambda/foo" };

const groups = (count: number) => {
  const receipt = new Receipt();
  for (let n = 0; n < count; n++) receipt.add({ ...place, logGroup: `group-${n}` }, { ...tally, hour: HOUR + (n % 7) });
  return receipt;
};

const noRead = () => Promise.reject(new Error("the metadata says all"));

describe("formatReceipt", () => {
  it("writes hours, accounts, log groups and counts", () => {
    const receipt = new Receipt();
    receipt.add(place, { ...tally, dropped: 1 });
    receipt.add({ ...place, logGroup: "bar" }, { ...tally, joined: 4 });
    receipt.add({ ...place, account: "210987654321" }, tally);
    receipt.add(place, { ...tally, hour: HOUR + 1, sampledOut: 2 });
    expect(JSON.parse(formatReceipt(receipt))).toEqual({
      "2026-11-28T05": {
        "123456789012": {
          bar: [3, "00000000deadbeef", 0, 0, 4],
          "/aws/lambda/foo": [3, "00000000deadbeef", 1],
        },
        "210987654321": { "/aws/lambda/foo": [3, "00000000deadbeef"] },
      },
      "2026-11-28T06": { "123456789012": { "/aws/lambda/foo": [3, "00000000deadbeef", 0, 2] } },
    });
    expect(formatReceipt(new Receipt())).toBe("{}");
  });

  it("writes what a header may have, and what parseReceipt reads", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const receipt = receiptOf(rows);
        const text = formatReceipt(receipt);
        expect(text).toMatch(/^[!-<>-~]+$/);
        expect(parseReceipt(text)?.rows()).toEqual(receipt.rows());
      }),
    );
  });
});

describe("parseReceipt", () => {
  const text = formatReceipt(receiptOf([{ ...place, ...tally }]));

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["a list of nothing", text.replace(/\[.*\]/, "[]")],
    ["no list", text.replace(/\[.*\]/, "3")],
    ["a further count", text.replace("]", ",0,0,0,1]")],
    ["a fingerprint of other digits", text.replace("deadbeef", "deadbeeg")],
    ["another day", text.replace("2026-11-28", "2026-02-30")],
    ["minutes", text.replace("T05", "T05:30")],
    ["a space", text.replace("{", "{ ")],
    ["a further member", text.replace(/\}$/, ',"v":2}')],
    ["a text for events", text.replace("[3,", '["3",')],
  ])("takes no text with %s", (_, changed) => {
    expect(parseReceipt(text)).toBeDefined();
    expect(parseReceipt(changed)).toBeUndefined();
  });
});

describe("receiptMembers", () => {
  it("carry a text that inflates to nothing, wherever they follow data", () => {
    // Random, so that it needs several members when it is compressed.
    const text = fc
      .sample(fc.string({ unit: "binary", minLength: 90_000, maxLength: 90_000 }), { numRuns: 1, seed: 7 })[0]!
      .toWellFormed();
    const members = receiptMembers(text);
    expect(members.length).toBeGreaterThan(2 * 65_536);
    expect(textOfMembers(members)).toBe(text);
    expect(gunzipSync(Buffer.concat([gzipSync("a line\n"), members]))).toEqual(Buffer.from("a line\n"));
    expect(gunzipSync(members)).toHaveLength(0);
  });

  it.each([
    ["a byte is missing", (members: Buffer) => members.subarray(0, -1)],
    ["a byte follows", (members: Buffer) => Buffer.concat([members, Buffer.from([0])])],
    ["half a header follows", (members: Buffer) => Buffer.concat([members, members.subarray(0, 12)])],
    ["data follows", (members: Buffer) => Buffer.concat([members, gzipSync("x")])],
    ["there is nothing but data", () => gzipSync("a line of some length")],
    ["the data is broken", (members: Buffer) => Buffer.from(members).fill(0xff, 16, 20)],
    ["another subfield", (members: Buffer) => Buffer.from(members).fill("X", 12, 13)],
  ])("are nothing if %s", (_, changed) => {
    expect(textOfMembers(changed(receiptMembers("some text")))).toBeUndefined();
  });
});

describe("readReceipt", () => {
  it("reads a short receipt in the metadata", async () => {
    const { metadata, tail } = objectReceipt(groups(3));
    expect(Object.keys(metadata)).toEqual(["receipt"]);
    expect(tail).toHaveLength(0);
    expect((await readReceipt(metadata, noRead))?.rows()).toEqual(groups(3).rows());
  });

  it("reads a long one at the object's end", async () => {
    const { metadata, tail } = objectReceipt(groups(500));
    expect(metadata).toEqual({ "receipt-bytes": String(tail.length) });
    const object = Buffer.concat([gzipSync("lines"), tail]);
    const read = await readReceipt(metadata, async (count) => object.subarray(-count));
    expect(read?.rows()).toEqual(groups(500).rows());
  });

  it("keeps within S3's limit of metadata, whatever the names are", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const length = Object.entries(objectReceipt(receiptOf(rows)).metadata).join("").length;
        expect(length).toBeLessThanOrEqual(1_600);
      }),
    );
  });

  it.each([
    ["no receipt", { records: "3" }],
    ["one of another form", { receipt: '{"v":2}' }],
    ["a length that is none", { "receipt-bytes": "0" }],
    ["a length of another form", { "receipt-bytes": "1e3" }],
  ])("reads nothing of an object with %s", async (_, metadata) => {
    expect(await readReceipt(metadata, noRead)).toBeUndefined();
  });

  it("reads nothing of an object whose end is something else", async () => {
    expect(
      await readReceipt({ "receipt-bytes": "40" }, async (count) => gzipSync("x".repeat(99)).subarray(-count)),
    ).toBeUndefined();
  });
});
