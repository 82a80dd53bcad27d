const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** By the letter: a number, which its repetitions pad. */
const NUMBERS: Readonly<Record<string, (time: Date) => number>> = {
  d: (time) => time.getUTCDate(),
  D: (time) => (Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()) - yearStart(time)) / DAY_MS + 1,
  H: (time) => time.getUTCHours(),
  h: (time) => time.getUTCHours() % 12 || 12,
  m: (time) => time.getUTCMinutes(),
  s: (time) => time.getUTCSeconds(),
};

const DAY_MS = 86_400_000;
const yearStart = (time: Date): number => Date.UTC(time.getUTCFullYear(), 0, 1);

/**
 * Formats a time in UTC by the letters of Java's DateTimeFormatter that dates of object keys have: y, u, M, d, D, E, H, h, m, s,
 * S and a. Text in single quotes stands for itself.
 *
 * @throws Error naming a letter that the local pipeline does not know
 */
export function formatJavaTime(pattern: string, time: Date): string {
  // A quoted text, a pair of quotes, a run of one letter, or any other character.
  return pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*|./gs, (part, quoted?: string, letter?: string) => {
    if (quoted !== undefined) return quoted === "" ? "'" : quoted.replaceAll("''", "'");
    return letter === undefined ? part : field(letter, part.length, time);
  });
}

function field(letter: string, length: number, time: Date): string {
  const number = Object.hasOwn(NUMBERS, letter) ? NUMBERS[letter] : undefined;
  if (number) return String(number(time)).padStart(length, "0");
  switch (letter) {
    case "y":
    case "u": {
      const year = String(time.getUTCFullYear());
      return length === 2 ? year.slice(-2) : year.padStart(length, "0");
    }
    case "M":
      if (length <= 2) return String(time.getUTCMonth() + 1).padStart(length, "0");
      return name(MONTHS[time.getUTCMonth()]!, length);
    case "E":
      return name(DAYS[time.getUTCDay()]!, length);
    case "S":
      return String(time.getUTCMilliseconds()).padStart(3, "0").padEnd(length, "0").slice(0, length);
    case "a":
      return time.getUTCHours() < 12 ? "AM" : "PM";
    default:
      throw new Error(
        `the local pipeline does not know the letter ${letter} of a timestamp; it knows y u M d D E H h m s S a`,
      );
  }
}

const name = (whole: string, length: number): string => (length <= 3 ? whole.slice(0, 3) : whole);
