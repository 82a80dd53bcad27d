import fc from "fast-check";
import { fieldPath, putField } from "../../../core/parsers/field-path";
import type { FieldWriter } from "../../../core/parsers/field-put";
import { treeOf } from "../../../core/parsers/field-shape";
import { FieldTable } from "../../../core/parsers/field-table";
import { asInteger, asIp, asText } from "../../../core/parsers/field-values";
import { type FieldTree, NumberText } from "../../../core/parsers/parsed-message";

const version2: FieldWriter = (slotOf) => {
  const version = slotOf("http.version");
  return (values) => {
    values[version] = "2";
    return false;
  };
};

const table = new FieldTable({ dataset: "aws.test", additionalFields: "aws.test.additional_fields" }, [
  ["client", ["source.address", asText], ["source.ip", asIp]],
  ["status", ["http.response.status_code", asInteger], version2],
  ["unused"],
  ["name", ["aws.test.name", asText]],
]);
const fieldsOf = (texts: readonly string[]) => treeOf(table.shape, table.valuesOf(texts));
const event = { dataset: "aws.test" };

describe("FieldTable", () => {
  it("puts each text where its field goes", () => {
    expect(fieldsOf(["127.0.0.1", "200", "x", "y"])).toEqual({
      event,
      source: { address: "127.0.0.1", ip: "127.0.0.1" },
      http: { response: { status_code: new NumberText("200") }, version: "2" },
      aws: { test: { name: "y" } },
    });
  });

  it("takes fewer texts, and leaves out those that have no value", () => {
    expect(fieldsOf([])).toEqual({ event });
    expect(fieldsOf(["-", "", "x", "-"])).toEqual({ event });
    expect(fieldsOf(["localhost", "204"])).toMatchObject({ source: { address: "localhost" } });
    expect(fieldsOf(["localhost"]).source).toEqual({ address: "localhost" });
  });

  it("keeps texts that it has no field for, and not the dashes that ELB writes before it documents a field", () => {
    expect(fieldsOf(["-", "-", "-", "-", "a", "-", "b c"])).toEqual({
      event,
      aws: { test: { additional_fields: ["a", "b c"] } },
    });
    expect(fieldsOf(["-", "-", "-", "-", "-", "-"])).toEqual({ event });
  });

  it("keeps up to 100 of them", () => {
    const many = Array.from({ length: 200 }, (_, i) => `${i}`);
    expect(fieldsOf(["-", "-", "-", "-", ...many])).toEqual({
      event,
      aws: { test: { additional_fields: many.slice(0, 100) } },
    });
  });

  it("takes the members of an object by their names", () => {
    const members = { name: "y", status: 200, client: null, later: true, empty: null };
    expect(table.textsOfMembers(members)).toEqual(["", "200", "", "y", "later=true"]);
  });

  it("keeps what is none of its field's kind, but for the -1 of what did not happen", () => {
    expect(fieldsOf(["-", "none", "x", "-", "a"])).toEqual({
      event,
      aws: { test: { additional_fields: ["status=none", "a"] } },
      http: { version: "2" },
    });
  });

  it("takes no object that has objects", () => {
    expect(table.textsOfMembers({ name: { first: "y" } })).toBeUndefined();
    expect(table.textsOfMembers({ name: ["y"] })).toBeUndefined();
  });

  it("takes names of Object's own as any other", () => {
    const members = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, unknown>;
    expect(table.textsOfMembers(members)?.slice(4)).toEqual(["__proto__=a", "constructor=b"]);
  });

  it("does the same as putting each field alone, whatever the texts", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("-", "127.0.0.1", "12"));
    fc.assert(
      fc.property(text, text, text, (client, status, name) => {
        const alone: FieldTree = { event };
        putField(alone, fieldPath("source.address"), asText(client));
        putField(alone, fieldPath("source.ip"), asIp(client));
        putField(alone, fieldPath("http.response.status_code"), asInteger(status));
        if (asText(status) !== undefined) putField(alone, fieldPath("http.version"), "2");
        putField(alone, fieldPath("aws.test.name"), asText(name));
        const isUnread = asText(status) !== undefined && asInteger(status) === undefined;
        putField(alone, fieldPath("aws.test.additional_fields"), isUnread ? [`status=${status}`] : undefined);
        expect(fieldsOf([client, status, "", name])).toEqual(alone);
      }),
    );
  });
});
