/** Up to the key: none of these has a space, but the time. */
const HEAD = /^(\S+) +(\S+) +\[([^\]]{1,40})\] +(\S+) +(\S+) +(\S+) +([A-Z\d]+\.[\w.]+) +(\S+) +/;
/** The end of a request: a client may send quotes, and S3 does not escape them. */
const END_OF_REQUEST = / HTTP\/\d(?:\.\d)?"(?= +(?:\d{3}|-) )/g;
const END_OF_OTHER_REQUEST = /"(?= +(?:\d{3}|-) )/g;
/** Status, error code, bytes, size and times. */
const NUMBERS = / *(\S+) +(\S+) +(\S+) +(\S+) +(\S+) +(\S+) */y;

/**
 * Splits a line of an S3 server access log: "Amazon S3 server access log format" in its user guide.
 *
 * Request, referrer and user agent are in quotes, and may contain quotes. What follows them never does, so it is read from the
 * line's last quote: a client that sends quotes cannot change those fields.
 *
 * @returns the texts of the fields; undefined: not such a line
 */
export function splitS3Line(line: string): string[] | undefined {
  const head = HEAD.exec(line);
  if (head === null) return undefined;
  const request = requestAt(line, head[0].length);
  NUMBERS.lastIndex = request.end;
  const numbers = NUMBERS.exec(line);
  if (numbers === null) return undefined;
  const texts = [...head.slice(1), request.text, ...numbers.slice(1)];
  return texts.concat(splitClientTexts(line.slice(request.end + numbers[0].length)));
}

function requestAt(line: string, from: number): { text: string; end: number } {
  if (line[from] !== '"') {
    const space = line.indexOf(" ", from);
    const end = space < 0 ? line.length : space;
    return { text: line.slice(from, end), end };
  }
  const start = from + 1;
  if (line.startsWith('-" ', start)) return { text: "-", end: start + 2 };
  for (const pattern of [END_OF_REQUEST, END_OF_OTHER_REQUEST]) {
    pattern.lastIndex = start;
    if (pattern.test(line)) return { text: line.slice(start, pattern.lastIndex - 1), end: pattern.lastIndex };
  }
  return { text: line.slice(start), end: line.length };
}

/** Referrer, user agent and what follows: each of the first two is in quotes, or `-`. */
function splitClientTexts(text: string): string[] {
  const last = text.lastIndexOf('"');
  const others = splitSpaces(text.slice(last + 1));
  if (last < 0) return others;
  const quoted = text.slice(0, last);
  if (quoted.startsWith('- "')) return ["-", quoted.slice(3), ...others];
  const between = quoted.indexOf('" "', 1);
  if (between < 0) return [quoted.slice(1), ...others];
  return [quoted.slice(1, between), quoted.slice(between + 3), ...others];
}

const splitSpaces = (text: string): string[] => text.split(/[ \r\n]+/).filter((each) => each !== "");
