import { DATE_LIKE } from "../../soak/traffic/hostile-messages";
import type { Random } from "../../tools/random";

/** Names that the pipeline reserves, that engines read as such, or that JavaScript's objects have. */
const NAMES = [
  "",
  ..."@timestamp @timestamp. cloud cloud.x cloud. cloud.. aws aws. aws.cloudwatch.rejection json json. __proto__".split(
    " ",
  ),
  ..."log log. log.. log.file log.file. log.file..path log.file.path log..file log.level log.files file file.".split(
    " ",
  ),
  ..."message message. message.. message.text messages . .. a..b .a a. _id _id. _source.x __soft_deletes 0 1".split(
    " ",
  ),
];

const SCALARS = '0 -0 1e5 -1.5E-3 1e-1000 1e999999999 true null "" "message" {} [] {"":0} [[]]'.split(" ");

/** A name around each limit: segments, characters, reserved words. */
export function hostileName(random: Random): string {
  if (random.chance(0.8)) return escaped(JSON.stringify(random.pick(NAMES)), random);
  const segments = random.pick([18, 19, 20, 21, 28, 29, 30, 31, 95, 98, 99, 100, 101]);
  return random.chance(0.7)
    ? `"${"a.".repeat(segments)}"`
    : `"${"n".repeat(random.pick([127, 128, 254, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025]))}"`;
}

/** A value around each limit, or of a type that a name does not have elsewhere. */
export function hostileValue(random: Random): string {
  switch (random.integer(0, 4)) {
    case 0:
      return random.pick(SCALARS);
    case 1:
      return JSON.stringify(random.pick(DATE_LIKE));
    case 2:
      return escaped(
        JSON.stringify(
          `${random.pick(["", "-", " "])}${random.integer(0, 99)}e${random.pick(["-", "+", ""])}${"9".repeat(random.integer(1, 9))}`,
        ),
        random,
      );
    case 3:
      return quotedOrNot(
        `${random.integer(1, 9)}${"0".repeat(random.pick([15, 16, 17, 18, 19, 20, 99, 100, 101, 254, 255, 256, 307, 308, 309, 999, 1000, 1001]))}`,
        random,
      );
    default:
      return JSON.stringify({ [random.pick(NAMES)]: random.pick([1, "x", null, { path: "x" }, [1]]) });
  }
}

const quotedOrNot = (digits: string, random: Random): string => (random.chance(0.5) ? `"${digits}"` : digits);

/** A JSON string with some characters written as another of their escapes. */
export function escaped(token: string, random: Random): string {
  if (random.chance(0.5)) return token;
  const characters = token.slice(1, -1).match(/\\u[0-9a-fA-F]{4}|\\?./gs) ?? [];
  const share = random.pick([0.05, 0.3, 1]);
  return `"${characters.map((one) => (one.length === 1 && random.chance(share) ? escapeOf(one, random) : one)).join("")}"`;
}

/** One of the escapes of a character. */
export function escapeOf(character: string, random: Random): string {
  if (character === "/" && random.chance(0.5)) return "\\/";
  const digits = character.charCodeAt(0).toString(16).padStart(4, "0");
  return `\\u${random.chance(0.5) ? digits : digits.toUpperCase()}`;
}
