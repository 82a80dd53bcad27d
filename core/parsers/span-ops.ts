/**
 * What the WASM encoder can do with the bytes of a text, each as a function of a parser does with the text. Shared with
 * core/fast-path/assembly, whose fields/read.ts has them: AssemblyScript compiles this file, too.
 */
export enum SpanOp {
  /** Only parsers know it: they get each line that has a value there. */
  other,
  text,
  integer,
  decimal,
  ip,
  host,
  hostIp,
  hostPort,
  hostIpPort,
  hostAndPort,
  utcTime,
  /** Behind a name in a text. */
  namedUtcTime,
  clfTime,
  epochSeconds,
  nanoseconds,
  outcome,
  words,
  numbered,
  lowerCase,
  decoded,
  list,
  requestLine,
  stem,
  addressList,
  firstAddress,
  isoTime,
  /** Whatever it is, empty or not. */
  verbatim,
  trimmed,
  mysqlTime,
  epochMillis,
  /** Of the Common Log Format, ISO 8601, or in seconds or milliseconds since the epoch. */
  anyTime,
  /** What is behind `HTTP/`, or the text. */
  afterHttp,
  /** A path without braces. */
  plainPath,
  /** A host, without its port. */
  domain,
  /** A name of DNS, without the dot at its end. */
  dnsName,
  withoutColons,
  /** A text, but for one that only the parser may read. */
  textBut,
  /** An ARN with what it is of, or an id alone. */
  arnAndId,
  /** A URL or path, its path, and its query. */
  url,
  /** A list of words by the bits of a number in hexadecimal digits. */
  hexBits,
  /** Letters, digits, `_` and `-` behind what the text begins with. */
  wordBehind,
  /** Of several texts. */
  nanosecondsBetween,
  integerByPrefix,
  /** A number, whose slot is told by what another text begins with. */
  decimalByBeginning,
  byPresence,
  dateAndTime,
  epochTime,
  /** Of the text behind a layout. */
  javaError,
  /** The same: an exception of Python behind a message; one that is the message; one of Node.js, in JSON. */
  pythonError,
  pythonRuntimeError,
  jsonError,
  /** The same from a column's end on, or the whole of it, if a column has a text. */
  restBehind,
  restOfWord,
  /** Whether one of two columns has a text, if another has one. */
  anyPresence,
  /** Words in small letters, of a text in letters of any size. */
  wordsOfAnyCase,
  /** The text behind a layout, without white space at its end. */
  trimmedRest,
}
