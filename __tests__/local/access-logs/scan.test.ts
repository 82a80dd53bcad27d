import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { headOf, openContent } from "../../../local/access-logs/content";
import { formatOfText } from "../../../local/access-logs/format";
import { JsonValueCounter } from "../../../local/access-logs/json-values";
import { type ScannedFile, scanContent } from "../../../local/access-logs/scan";
import { endEverything } from "../../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";

let directory: TemporaryDirectory;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(async () => {
  await directory.remove();
  await endEverything();
});

let files = 0;

async function scanned(bytes: Buffer | string) {
  const path = join(directory.path, `${files++}.log`);
  await writeFile(path, bytes);
  const content = await openContent(path);
  const head = (await headOf(content)).toString();
  return scanContent(content, formatOfText(head), head);
}

const numbersOf = ({ lines, events }: ScannedFile) =>
  Array.from({ length: lines }, (_, n) => n).filter((n) => events.has(n));

const [ALB] = SAMPLE_LINES.alb_access[0]!.lines as [string];
const TRAIL = SAMPLE_LINES.cloudtrail[0]!.lines[0]!;

describe("scanContent", () => {
  it.each<[string, (text: string) => Buffer]>([
    ["text", (text) => Buffer.from(text)],
    ["gzip", (text) => gzipSync(text)],
    ["several members of gzip", (text) => Buffer.concat([...text].map((part) => gzipSync(part)))],
  ])("numbers the lines of %s, and leaves out blank ones", async (_, pack) => {
    const file = await scanned(pack(`${ALB}\r\n\n \t\n${ALB}\n${ALB}`));
    expect(numbersOf(file)).toEqual([0, 3, 4]);
    expect(file).toMatchObject({ lines: 5, eventCount: 3, blank: 2, headers: 0, damage: undefined });
  });

  it("leaves out the lines that name fields, in the middle too", async () => {
    const header = "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip\n";
    const line = "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\n";
    const file = await scanned(header + line + header + line);
    expect(numbersOf(file)).toEqual([2, 5]);
    expect(file.headers).toBe(4);
  });

  it("counts the records of CloudTrail's document, however it is written", async () => {
    const document = { Records: Array(7).fill(JSON.parse(TRAIL)) };
    for (const text of [JSON.stringify(document), JSON.stringify(document, undefined, 2)]) {
      expect(numbersOf(await scanned(text))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
  });

  it("counts JSON values, not lines, of a format that has only JSON", async () => {
    expect(await scanned(`${TRAIL}\n\n${TRAIL}${TRAIL}\n`)).toMatchObject({ lines: 3, eventCount: 3 });
  });

  it("counts what comes before the damage of a truncated file, and says so", async () => {
    const noise = Array.from({ length: 20_000 }, (_, n) => `${ALB} ${Math.sin(n)}`).join("\n");
    const whole = gzipSync(noise);
    const file = await scanned(whole.subarray(0, whole.length / 2));
    expect(file.damage).toBe("unexpected end of file");
    expect(file.eventCount).toBeGreaterThan(5_000);
    expect(file.eventCount).toBeLessThan(20_000);
  });

  it("does not expect a line of more than 1 MiB", async () => {
    const file = await scanned(`${ALB}\n${"x".repeat(2 ** 20 + 1)}\n${"x".repeat(2 ** 20)}\n`);
    expect(numbersOf(file)).toEqual([0, 2]);
  });
});

describe("JsonValueCounter", () => {
  it("counts the elements of any array of objects, wherever its bytes are cut", () => {
    const elements = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 8 });
    fc.assert(
      fc.property(elements, fc.integer({ min: 1, max: 9 }), fc.boolean(), (records, size, indented) => {
        const text = Buffer.from(JSON.stringify({ Records: records }, undefined, indented ? 1 : 0));
        const counter = new JsonValueCounter(2);
        let counted = 0;
        for (let at = 0; at < text.length; at += size) counted += counter.push(text.subarray(at, at + size));
        expect(counted).toBe(records.length);
      }),
    );
  });
});
