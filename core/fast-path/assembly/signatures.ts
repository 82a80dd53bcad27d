import {
  ascii,
  BACKSLASH,
  BAR,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  EQUALS,
  HASH,
  hasAt,
  isDigit,
  isLetter,
  isUpper,
  LETTER_E,
  LETTER_F,
  LETTER_T,
  LETTER_V,
  MINUS,
  OPEN_BRACKET,
  PLUS,
  SPACE,
  UNDERSCORE,
  UPPER_Z,
  ZERO,
} from "./ascii";

/** Limits of core/parsers/signatures.ts, which this file follows. */
const MAX_KEY_BYTES: usize = 64;
const BUCKET_OWNER_BYTES: usize = 64;
const MAX_FRACTION: usize = 9;

/** The first four letters of a word. */
const INFO: u32 = 0x4f464e49;
const WARN: u32 = 0x4e524157;
const ERRO: u32 = 0x4f525245;
const DEBU: u32 = 0x55424544;
const TRAC: u32 = 0x43415254;
const FATA: u32 = 0x41544146;
const CRIT: u32 = 0x54495243;
const CONF: u32 = 0x464e4f43;
const FINE: u32 = 0x454e4946;
const NOTI: u32 = 0x49544f4e;
const PANI: u32 = 0x494e4150;
const SEVE: u32 = 0x45564553;
const SUCC: u32 = 0x43435553;
const INIT: u32 = 0x54494e49;
const REST: u32 = 0x54534552;
const EXTE: u32 = 0x45545845;
const TELE: u32 = 0x454c4554;

const REQUEST_ID = ascii("RequestId: ");
const REQUEST_ID_LENGTH = 11;
const TIME = ascii('{\\"time\\":\\"');
const TIME_LENGTH = 12;
const PLATFORM_TYPE = ascii('\\",\\"type\\":\\"pl');
const PLATFORM_TYPE_OFFSET = 36;
const CLIENT_IP = ascii('\\",\\"client_ip\\":');
const CLIENT_IP_OFFSET = 39;
const TYPE = ascii('{\\"type\\":\\"');
const TYPE_LENGTH = 12;
const TIMESTAMP = ascii('{\\"timestamp\\":');
const TIMESTAMP_LENGTH = 15;
const FORMAT_VERSION = ascii(',\\"formatVersion');
const FORMAT_VERSION_OFFSET = 28;
const VERSION = ascii('{\\"version\\":\\"');
const VERSION_LENGTH = 15;
const ACCOUNT_ID = ascii('\\",\\"account_id\\');
const ACCOUNT_ID_OFFSET = 23;
const EVENT_VERSION = ascii('{\\"eventVersion\\');
const FIREWALL_NAME = ascii('{\\"firewall_name');
const DATE = ascii("0000-00-");
const DATE_WITH_SLASHES = ascii("0000/00/");
const CLOCK = ascii("00:00:00");
const UUID_LENGTH: usize = 36;
const ENI = ascii(" eni-");
const TLS = ascii("tls ");
const PYTHON_ERROR = ascii("[ERROR] ");
const SLOW_TIME = ascii("# Time: ");
const SLOW_USER = ascii("# User@Host: ");

/**
 * Whether a message may begin as core/parsers/signatures.ts has it; the parsers decide. False negatives are not allowed.
 *
 * @param at the body of its JSON string as `JSON.stringify` writes it. The quote after it ends every signature: none has one
 */
export function hasSignature(at: usize): bool {
  const first = load<u8>(at);
  if (isDigit(first)) return hasDigitSignature(at);
  if (isLetter(first) || first === UNDERSCORE) return hasWordSignature(at);
  if (first === OPEN_BRACKET) return hasBracketSignature(at);
  if (first === HASH) return hasAt(at, SLOW_TIME, 8) || hasAt(at, SLOW_USER, 13);
  return first === COLON && hasAddress(at);
}

/** The same for a message that begins with a brace. */
export function hasObjectSignature(at: usize): bool {
  // The first letter of its first name
  switch (load<u8>(at + 3)) {
    case LETTER_T:
      if (hasAt(at, TIME, TIME_LENGTH)) {
        return hasAt(at + PLATFORM_TYPE_OFFSET, PLATFORM_TYPE, 16) || hasAt(at + CLIENT_IP_OFFSET, CLIENT_IP, 16);
      }
      if (hasAt(at, TYPE, TYPE_LENGTH)) return hasTypeOfConnection(at + TYPE_LENGTH);
      return hasAt(at, TIMESTAMP, TIMESTAMP_LENGTH) && hasAt(at + FORMAT_VERSION_OFFSET, FORMAT_VERSION, 16);
    case LETTER_V:
      return hasAt(at, VERSION, VERSION_LENGTH) && hasAt(at + ACCOUNT_ID_OFFSET, ACCOUNT_ID, 16);
    case LETTER_E:
      return hasAt(at, EVENT_VERSION, 16);
    case LETTER_F:
      return hasAt(at, FIREWALL_NAME, 16);
    default:
      return false;
  }
}

/** Whether up to five letters and digits are here, and a comma after their quote. */
function hasTypeOfConnection(at: usize): bool {
  let end = at;
  while (end < at + 5 && load<u8>(end) !== BACKSLASH) end++;
  return load<u8>(end) === BACKSLASH && load<u8>(end + 2) === COMMA;
}

function hasDigitSignature(at: usize): bool {
  const shape = shapeOf(v128.load(at));
  // An address of IPv6 may begin as a time of day does.
  if (hasShape(shape, CLOCK, 8)) return hasTimeSignature(at + 8) || hasAddress(at);
  if (hasShape(shape, DATE, 8) || hasShape(shape, DATE_WITH_SLASHES, 8)) return hasTimeSignature(at + 19);
  if (load<u8>(at + 1) === SPACE) return hasAt(at + 14, ENI, 5);
  // The id of a request, and a level
  const end = at + UUID_LENGTH;
  if (load<u8>(at + 8) === MINUS && load<u8>(end) === SPACE && isLevel(load<u32>(end + 1))) return true;
  return hasAddress(at);
}

/** @param end the address after a time of day, without its fraction */
function hasTimeSignature(end: usize): bool {
  let byte = load<u8>(end);
  if (byte === DOT || byte === COMMA) {
    const last = end + MAX_FRACTION;
    while (end < last && isDigit(load<u8>(end + 1))) end++;
    end++;
  }
  const zone = load<u8>(end) === SPACE ? end + 1 : end;
  byte = load<u8>(zone);
  if (byte === UPPER_Z && !isUpper(load<u8>(zone + 1))) end = zone + 1;
  else if ((byte === PLUS || byte === MINUS) && isDigit(load<u8>(zone + 1)))
    end = zone + (load<u8>(zone + 3) === COLON ? 6 : 5);
  byte = load<u8>(end);
  if (byte === BACKSLASH) return load<u8>(end + 1) === LETTER_T;
  if (byte !== SPACE) return false;
  while (load<u8>(end) === SPACE) end++;
  byte = load<u8>(end);
  if (byte === OPEN_BRACKET) return true;
  if (byte === MINUS || byte === BAR) return load<u8>(end + 1) === SPACE;
  return isLevel(load<u32>(end)) || hasIdOrZone(end) || hasNameAndNumber(end);
}

/** Whether a name or an address is here, and a number or an address after it. */
function hasNameAndNumber(at: usize): bool {
  let end = at + keyLength(at);
  if (load<u8>(end) === COLON) end = at + addressLength(at);
  return load<u8>(end) === SPACE && isDigit(load<u8>(end + 1));
}

/** Whether the id of a request, the number of a thread or a time zone is here. */
function hasIdOrZone(at: usize): bool {
  if (load<u8>(at + 8) === MINUS) return true;
  let end = at;
  while (isDigit(load<u8>(end))) end++;
  if (end > at) return load<u8>(end) === SPACE && load<u8>(end + 1) === OPEN_BRACKET;
  while (end < at + 5 && isUpper(load<u8>(end))) end++;
  return end > at && load<u8>(end) === COLON;
}

function isLevel(word: u32): bool {
  switch (word) {
    case CONF:
    case CRIT:
    case DEBU:
    case ERRO:
    case FATA:
    case FINE:
    case INFO:
    case NOTI:
    case PANI:
    case SEVE:
    case SUCC:
    case TRAC:
    case WARN:
      return true;
    default:
      return false;
  }
}

function hasWordSignature(at: usize): bool {
  const length = keyLength(at);
  const word = load<u32>(at);
  const end = at + length;
  switch (load<u8>(end)) {
    case EQUALS:
      return true;
    case COLON:
      return isLevel(word) || hasAt(at, REQUEST_ID, REQUEST_ID_LENGTH) || hasAddress(at);
    case BACKSLASH:
      return word === EXTE || word === TELE;
    case SPACE:
      if (word === INIT || word === REST || hasAt(end + 1, REQUEST_ID, REQUEST_ID_LENGTH)) return true;
      if (isLevel(word)) return hasBracketAfter(end);
      if (length === UUID_LENGTH && isLevel(load<u32>(end + 1))) return true;
      // The type of a load balancer's connection, and a year
      if (isDigit(load<u8>(end + 1)) && load<u8>(end + 5) === MINUS) return true;
      return hasAt(at, TLS, 4) || hasAddress(at);
    default:
      return length === MAX_KEY_BYTES && hasAddress(at);
  }
}

/** Whether spaces are here, and a bracket after them. */
function hasBracketAfter(at: usize): bool {
  while (load<u8>(at) === SPACE) at++;
  return load<u8>(at) === OPEN_BRACKET;
}

function hasBracketSignature(at: usize): bool {
  if (hasAt(at, PYTHON_ERROR, 8)) return true;
  // A time
  if (isDigit(load<u8>(at + 1)) && isDigit(load<u8>(at + 2))) return true;
  let end = at + 1;
  while (end < at + 9 && isUpper(load<u8>(end))) end++;
  return load<u8>(end) === CLOSE_BRACKET && load<u8>(end + 1) === BACKSLASH && load<u8>(end + 2) === LETTER_T;
}

/** Whether an address or a bucket's owner is followed by a space and, after an address, a dash. */
function hasAddress(at: usize): bool {
  const length = addressLength(at);
  const end = at + length;
  if (load<u8>(end) !== SPACE) return false;
  return length === BUCKET_OWNER_BYTES || (load<u8>(end + 1) === MINUS && load<u8>(end + 2) === SPACE);
}

/** The number of bytes that addresses have, up to a few more than a bucket's owner has. */
function addressLength(at: usize): usize {
  let length: usize = 0;
  for (; length <= BUCKET_OWNER_BYTES; length += 16) {
    const others = ~i8x16.bitmask(addressBytes(v128.load(at + length))) & 0xffff;
    if (others !== 0) return length + ctz(others);
  }
  return length;
}

/** The number of bytes, up to the longest key, that names of keys have. */
function keyLength(at: usize): usize {
  for (let length: usize = 0; length < MAX_KEY_BYTES; length += 16) {
    const others = ~i8x16.bitmask(keyBytes(v128.load(at + length))) & 0xffff;
    if (others !== 0) return length + ctz(others);
  }
  return MAX_KEY_BYTES;
}

/** Digits become zeros, all else stays. */
function shapeOf(bytes: v128): v128 {
  return v128.bitselect(i8x16.splat(<i8>ZERO), bytes, inRange(bytes, ZERO, 10));
}

function hasShape(shape: v128, expected: v128, length: i32): bool {
  const mask = (1 << length) - 1;
  return (i8x16.bitmask(i8x16.eq(shape, expected)) & mask) === mask;
}

/** Digits, the letters of hexadecimal ones, dots and colons. */
function addressBytes(bytes: v128): v128 {
  const letters = inRange(v128.or(bytes, i8x16.splat(0x20)), 0x61, 6);
  return v128.or(v128.or(inRange(bytes, ZERO, 11), letters), i8x16.eq(bytes, i8x16.splat(<i8>DOT)));
}

/** Digits, letters, underscores, dots and dashes. */
function keyBytes(bytes: v128): v128 {
  const letters = inRange(v128.or(bytes, i8x16.splat(0x20)), 0x61, 26);
  const marks = v128.or(inRange(bytes, MINUS, 2), i8x16.eq(bytes, i8x16.splat(<i8>UNDERSCORE)));
  return v128.or(v128.or(inRange(bytes, ZERO, 10), letters), marks);
}

function inRange(bytes: v128, first: u8, count: i8): v128 {
  return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(<i8>first)), i8x16.splat(count));
}
