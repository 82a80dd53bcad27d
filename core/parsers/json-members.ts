import { isObject } from "../json/object";
import { exactValue, setMember } from "./exact-value";
import { fieldName } from "./field-name";
import { type FieldPath, fieldPath, putField } from "./field-path";
import { asIp, asText, asWord, type FieldReader, isAbsent } from "./field-values";
import { asHttpVersion, asTlsProtocol, asTlsVersion } from "./http-values";
import type { LaterField, MemberStep, MembersDescription, TextStep } from "./object-description";
import { type FieldTree, type FieldValue, NumberText } from "./parsed-message";
import { SpanOp } from "./span-ops";
import type { ReaderStep } from "./span-step";

/** Puts a member of a JSON message into a document's fields. */
export interface PutMember {
  /** Returns false, and puts nothing, if it is of another type. */
  (value: unknown, fields: FieldTree): boolean;
  /** What the WASM encoder does in its place. @default it leaves a message with such a member to the parser */
  readonly described?: MemberStep;
}

/** Reads a member. */
interface MemberReader {
  /** Returns undefined if it is of another type. */
  (value: unknown): FieldValue | undefined;
  /** What the WASM encoder does with its text; `objects`: it keeps the object. */
  readonly step?: ReaderStep | "objects";
}

/** Returns the text of a value that is no object and no array; AWS writes the same number as number or as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof NumberText) return value.text;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A member that is a text, a number or a boolean. */
export function scalar(read: FieldReader): MemberReader {
  const readScalar = (value: unknown) => {
    const text = textOf(value);
    return text === undefined ? undefined : read(text);
  };
  return Object.assign(readScalar, { step: read.step ?? { op: SpanOp.other } });
}

/** A boolean, or a text that is one. */
export const asBoolean = asWord([
  ["true", true],
  ["false", false],
]);

/** An object whose names are data, or a list of objects: they stay as they are, and the index template makes them one field. */
export const asObjects: MemberReader = Object.assign(
  (value: unknown) =>
    isObject(value) || (Array.isArray(value) && value.every(isObject)) ? exactValue(value) : undefined,
  { step: "objects" as const },
);

/** @param dotted the field's path. @param read @default any text */
export function to(dotted: string, read: MemberReader = scalar(asText)): PutMember {
  const path = fieldPath(dotted);
  const put = (value: unknown, fields: FieldTree) => {
    const field = read(value);
    putField(fields, path, field);
    return field !== undefined;
  };
  const { step } = read;
  if (step === undefined) return put;
  const described: MemberStep =
    step === "objects" ? { kind: "objects", path: dotted } : { kind: "texts", texts: [{ paths: [dotted], step }] };
  return Object.assign(put, { described });
}

/** Puts a member into several fields: it is of another type only if it is for the first. */
export function toEach(first: PutMember, ...others: readonly PutMember[]): PutMember {
  const put = (value: unknown, fields: FieldTree) => {
    if (!first(value, fields)) return false;
    for (const other of others) other(value, fields);
    return true;
  };
  const optional = others.map((other) => textsOf(other)?.map((text): TextStep => ({ ...text, isOptional: true })));
  const all = [textsOf(first), ...optional];
  if (!all.every((texts) => texts !== undefined)) return put;
  return Object.assign(put, { described: { kind: "texts" as const, texts: all.flat() } });
}

const textsOf = ({ described }: PutMember) => (described?.kind === "texts" ? described.texts : undefined);

/** Puts an address, and the IP address that it may be, into `<dotted>.address` and `<dotted>.ip`. */
export const toAddress = (dotted: string): PutMember =>
  toEach(to(`${dotted}.address`), to(`${dotted}.ip`, scalar(asIp)));

/** Puts the version of `HTTP/1.1`. */
export const toHttpVersion = to("http.version", scalar(asHttpVersion));

/** Puts a version such as `TLSv1.2` into `tls.version` and `tls.version_protocol`. */
export const toTlsVersion = toEach(
  to("tls.version", scalar(asTlsVersion)),
  to("tls.version_protocol", scalar(asTlsProtocol)),
);

/** What the WASM encoder has to know besides the table. */
interface MembersOptions {
  /** Other members for which it leaves a message to the parser. */
  left?: readonly string[];
  later?: readonly LaterField[];
}

/** What puts an object's members. */
type PutMembers = PutMember & {
  readonly described: { readonly kind: "members"; readonly members: MembersDescription };
};

/**
 * Puts the members of an object: those of `table` as it says, all others below `own` by their names in snake case, and those that
 * are of another type than in `table` below `own` by AWS's names. Members without a value are left out.
 *
 * @param own dotted path of the service's own fields
 */
export function toMembers(
  own: string,
  table: Readonly<Record<string, PutMember>>,
  { left = [], later = [] }: MembersOptions = {},
): PutMembers {
  const puts = new Map(Object.entries(table));
  const path = fieldPath(own);
  const putAll = (value: unknown, fields: FieldTree) => {
    if (!isObject(value)) return false;
    const others: [field: string, name: string, value: FieldValue][] = [];
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (member === null || (typeof member === "string" && isAbsent(member))) continue;
      const put = puts.get(name);
      if (put?.(member, fields)) continue;
      const other = exactValue(member, put ? undefined : ownName);
      if (other !== undefined) others.push([put ? name : ownName(name), name, other]);
    }
    // Last, so that no name that somebody invents takes the place of a field of the table.
    if (others.length > 0) putOthers(objectAt(fields, path), others);
    return true;
  };
  const members = new Map<string, MemberStep | undefined>(left.map((name) => [name, undefined]));
  for (const [name, { described }] of puts) members.set(name, described);
  return Object.assign(putAll, { described: { kind: "members" as const, members: { own, members, later } } });
}

/** A name without a letter or a digit of ASCII stays as it is. */
const ownName = (name: string): string => fieldName(name) || name;

function objectAt(fields: FieldTree, path: FieldPath): FieldTree {
  let node = fields;
  for (const name of path) {
    node[name] ??= {};
    node = node[name] as FieldTree;
  }
  return node;
}

/** Of two names that become one, the second goes to `additional_fields`, as it is. */
function putOthers(own: FieldTree, others: readonly [field: string, name: string, value: FieldValue][]): void {
  const additional: FieldTree = {};
  for (const [field, name, value] of others) {
    if (Object.hasOwn(own, field)) setMember(additional, name, value);
    else setMember(own, field, value);
  }
  if (Object.keys(additional).length > 0) own.additional_fields = additional;
}
