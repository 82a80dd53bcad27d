import type { Random } from "../../tools/random";
import {
  linesOfParser,
  SAMPLE_OBJECT_FORMATS,
  type SampleObjectFormat,
  sampleObject,
} from "../../tools/sample-logs/objects";
import { HOSTILE_MESSAGES } from "../traffic/hostile-messages";
import { message } from "../traffic/messages";
import { type DraftObject, NO_LINES } from "./draft-object";
import { broken, gzipMembers } from "./object-bodies";

/** Source: core/sources/s3: a line of more bytes is no event. */
const MAX_LINE_BYTES = 1024 * 1024;

const LINES = { few: [1, 60], many: [61, 600], very: [4_000, 12_000] } as const;

/** Lines that are generated of each format: making each anew would take more time than delivering it. */
const POOL = 200;

/** Shares of the objects. */
const SHARES = { application: 0.15, very: 0.02, many: 0.4, unusual: 0.25, hostile: 0.05 };

/** A prefix that is written otherwise in a notification: form-encoded. */
const FOLDERS = ["", "a b/", "a+b/", "größe %41/", "日志/"];

const DIGEST =
  "AWSLogs/111111111111/CloudTrail-Digest/eu-central-1/2026/11/21/111111111111_CloudTrail-Digest_eu-central-1_trail_eu-central-1_20261121T0305Z.json.gz";

interface ObjectText {
  readonly key: string;
  readonly text: string;
  /** None: lines of applications. */
  readonly format?: SampleObjectFormat;
}

/** Makes objects of all kinds; no two have the same key, but for those that are overwritten. */
export class ObjectTraffic {
  #objects = 0;
  #messages = 0;
  /** The formats of the objects that somebody changes, by their keys. */
  readonly #overwritten = new Map<string, SampleObjectFormat | undefined>();
  readonly #pools = new Map<SampleObjectFormat, readonly string[]>();

  constructor(private readonly random: Random) {}

  next(): DraftObject {
    const { random } = this;
    if (random.chance(SHARES.unusual)) return random.pick(this.#unusual)();
    return this.#whole(this.#lines());
  }

  /** The object that takes the place of another one: it has other lines of the same format. */
  overwriting({ key }: DraftObject): DraftObject {
    const format = this.#overwritten.get(key);
    return { ...this.#whole(this.#textOf(format)), key };
  }

  #folder(): string {
    return `${this.#objects++}/${this.random.pick(FOLDERS)}`;
  }

  /** Lines of a format that AWS delivers, under its key, or of applications. */
  #lines(): ObjectText {
    return this.#textOf(this.random.chance(SHARES.application) ? undefined : this.random.pick(SAMPLE_OBJECT_FORMATS));
  }

  #textOf(format: SampleObjectFormat | undefined): ObjectText {
    const { random } = this;
    const size = random.chance(SHARES.very) ? "very" : random.chance(SHARES.many) ? "many" : "few";
    const [fewest, most] = LINES[size];
    const count = random.integer(fewest, most);
    if (format === undefined) {
      const lines = Array.from({ length: Math.min(count, LINES.many[1]) }, () => this.#message());
      return { key: `${this.#folder()}app.log`, text: lines.join("\n") + (random.chance(0.5) ? "\n" : "") };
    }
    const { key, text } = sampleObject(format, this.#linesOf(format, count));
    return { key: this.#folder() + key, text, format };
  }

  /** Some of the format's lines from any of them on, again and again. */
  #linesOf(format: SampleObjectFormat, count: number): string[] {
    const pool = this.#pools.get(format) ?? linesOfParser(format, POOL, this.random.seed());
    this.#pools.set(format, pool);
    const first = this.random.integer(0, pool.length - 1);
    return Array.from({ length: count }, (_, n) => pool[(first + n) % pool.length]!);
  }

  #message(): string {
    const { random } = this;
    const make = random.chance(SHARES.hostile) ? random.pick(Object.values(HOSTILE_MESSAGES)) : message;
    return make(this.#messages++, random).replace(/[\r\n]+/g, " ");
  }

  #whole({ key, text, format }: ObjectText): DraftObject {
    const bytes = Buffer.from(text);
    const body = this.random.chance(0.6) ? gzipMembers(bytes, this.random).body : bytes;
    return {
      key,
      body,
      ...eventsIn(bytes, format),
      perhaps: NO_LINES,
      hasTexts: format !== undefined,
      unreadable: "never",
    };
  }

  readonly #broken = (): DraftObject => {
    const { key, text, format } = this.#lines();
    const bytes = Buffer.from(text);
    const members = gzipMembers(bytes, this.random);
    const { events } = eventsIn(bytes, format);
    const whole = wholeLines(bytes.subarray(0, members.beforeLast), events, format);
    const perhaps = new Map([...events].filter(([line]) => !whole.has(line)));
    return {
      ...{ key, body: broken(members, this.random), events: whole, perhaps },
      ...{ tooLong: [], hasTexts: format !== undefined, unreadable: "always" },
    };
  };

  readonly #tooLong = (): DraftObject => {
    const line = "x".repeat(this.random.integer(MAX_LINE_BYTES + 1, 3 * MAX_LINE_BYTES));
    const lines = [this.#message(), line, this.#message()];
    return this.#whole({ key: `${this.#folder()}app.log`, text: `${lines.join("\n")}\n` });
  };

  readonly #noLogs = (): DraftObject => {
    const [key, body] = this.random.pick([
      ["AWSLogs/111111111111/ELBAccessLogTestFile", "Enable AccessLog for ELB: shop at 2026-11-21T03:05:00.000Z"],
      [DIGEST, '{"digestPublicKeyFingerprint":"31e8b5433410dfb61a9dc45cc65b22ff"}'],
      ["AWSLogs/", ""],
    ]);
    return {
      ...{ key: this.#folder() + key!, body: Buffer.from(body!), events: NO_LINES, perhaps: NO_LINES },
      ...{ tooLong: [], hasTexts: false, unreadable: "never" },
    };
  };

  readonly #changed = (then: "deleted" | "overwritten") => (): DraftObject => {
    const text = this.#lines();
    const draft = this.#whole(text);
    this.#overwritten.set(text.key, text.format);
    return { ...draft, events: NO_LINES, perhaps: draft.events, unreadable: "if incomplete", then };
  };

  readonly #unusual: readonly (() => DraftObject)[] = [
    ...[this.#broken, this.#tooLong, this.#noLogs, this.#changed("deleted"), this.#changed("overwritten")],
  ];
}

/** The events in a text by the numbers of their lines: header lines count, and are none; of an array its elements count. */
export function eventsIn(bytes: Buffer, format?: SampleObjectFormat): Pick<DraftObject, "events" | "tooLong"> {
  const text = bytes.toString();
  const lines =
    format === "cloudtrail"
      ? (JSON.parse(text) as { Records: unknown[] }).Records.map((record) => JSON.stringify(record))
      : text.split("\n");
  const isEvent = (line: string, n: number) =>
    line !== "" && !(format === "cloudfront_access" && line.startsWith("#")) && !(format === "vpc_flow" && n === 0);
  const numbered = [...lines.entries()].filter(([n, line]) => isEvent(line, n));
  const isTooLong = ([, line]: [number, string]) => Buffer.byteLength(line) > MAX_LINE_BYTES;
  return {
    events: new Map(numbered.filter((one) => !isTooLong(one))),
    tooLong: numbered.filter(isTooLong).map(([n]) => n),
  };
}

/** Those of the events that are whole in the text's beginning. */
function wholeLines(
  beginning: Buffer,
  events: DraftObject["events"],
  format?: SampleObjectFormat,
): DraftObject["events"] {
  // How many elements of an array a beginning has is the reader's to know.
  if (format === "cloudtrail") return NO_LINES;
  const ends = beginning.toString("latin1").split("\n").length - 1;
  return new Map([...events].filter(([line]) => line < ends));
}
