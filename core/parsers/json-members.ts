import { isObject } from "../json/object";
import { exactValue, setMember } from "./exact-value";
import { fieldName } from "./field-name";
import { type FieldPath, fieldPath, putField } from "./field-path";
import { asIp, asText, type FieldReader, isAbsent } from "./field-values";
import { asTlsProtocol, asTlsVersion } from "./http-values";
import { type FieldTree, type FieldValue, NumberText } from "./parsed-message";

/** Puts a member of a JSON message into a document's fields. Returns false, and puts nothing, if it is of another type. */
export type PutMember = (value: unknown, fields: FieldTree) => boolean;

/** Reads a member; undefined: it is of another type. */
type MemberReader = (value: unknown) => FieldValue | undefined;

/** Returns the text of a value that is no object and no array; AWS writes the same number as number or as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof NumberText) return value.text;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A member that is a text, a number or a boolean. */
export const scalar =
  (read: FieldReader): MemberReader =>
  (value) => {
    const text = textOf(value);
    return text === undefined ? undefined : read(text);
  };

/** A boolean, or a text that is one. */
export const asBoolean: FieldReader = (text) => (text === "true" ? true : text === "false" ? false : undefined);

/** An object whose names are data, or a list of objects: they stay as they are, and the index template makes them one field. */
export const asObjects: MemberReader = (value) =>
  isObject(value) || (Array.isArray(value) && value.every(isObject)) ? exactValue(value) : undefined;

/** @param dotted the field's path. @param read @default any text */
export function to(dotted: string, read: MemberReader = scalar(asText)): PutMember {
  const path = fieldPath(dotted);
  return (value, fields) => {
    const read_ = read(value);
    putField(fields, path, read_);
    return read_ !== undefined;
  };
}

/** Puts an address, and the IP address that it may be, into `<dotted>.address` and `<dotted>.ip`. */
export function toAddress(dotted: string): PutMember {
  const putAddress = to(`${dotted}.address`);
  const putIp = to(`${dotted}.ip`, scalar(asIp));
  return (value, fields) => putAddress(value, fields) && (putIp(value, fields) || true);
}

const HTTP_VERSION = fieldPath("http.version");

/** Puts the version of `HTTP/1.1`. */
export function toHttpVersion(value: unknown, fields: FieldTree): boolean {
  const [, version] = /^HTTP\/(\d(?:\.\d)?)$/.exec(textOf(value) ?? "") ?? [];
  putField(fields, HTTP_VERSION, version);
  return version !== undefined;
}

const putTlsVersion = to("tls.version", scalar(asTlsVersion));
const putTlsProtocol = to("tls.version_protocol", scalar(asTlsProtocol));

/** Puts a version such as `TLSv1.2` into `tls.version` and `tls.version_protocol`. */
export const toTlsVersion: PutMember = (value, fields) => putTlsVersion(value, fields) && putTlsProtocol(value, fields);

/**
 * Puts the members of an object: those of `table` as it says, all others below `own` by their names in snake case, and those that
 * are of another type than in `table` below `own` by AWS's names. Members without a value are left out.
 *
 * @param own dotted path of the service's own fields
 */
export function toMembers(own: string, table: Readonly<Record<string, PutMember>>): PutMember {
  const puts = new Map(Object.entries(table));
  const path = fieldPath(own);
  return (value, fields) => {
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
