import fc from "fast-check";
import { fieldPath, putField } from "../../../core/parsers/field-path";
import { FieldTable } from "../../../core/parsers/field-table";
import { asInteger, asIp, asText } from "../../../core/parsers/field-values";
import { NumberText } from "../../../core/parsers/parsed-message";

const table = new FieldTable({ dataset: "aws.test", additionalFields: "aws.test.additional_fields" }, [
  ["client", ["source.address", asText], ["source.ip", asIp]],
  ["status", ["http.response.status_code", asInteger], (fields) => putField(fields, fieldPath("http.version"), "2")],
  ["unused"],
  ["name", ["aws.test.name", asText]],
]);
const event = { dataset: "aws.test" };

describe("FieldTable", () => {
  it("puts each text where its field goes", () => {
    expect(table.fieldsOf(["127.0.0.1", "200", "x", "y"])).toEqual({
      event,
      source: { address: "127.0.0.1", ip: "127.0.0.1" },
      http: { response: { status_code: new NumberText("200") }, version: "2" },
      aws: { test: { name: "y" } },
    });
  });

  it("takes fewer texts, and leaves out those that have no value or are of another kind", () => {
    expect(table.fieldsOf([])).toEqual({ event });
    expect(table.fieldsOf(["-", "", "x", "-"])).toEqual({ event });
    expect(table.fieldsOf(["localhost", "none"])).toEqual({
      event,
      source: { address: "localhost" },
      http: { version: "2" },
    });
  });

  it("keeps texts that it has no field for, and not the dashes that ELB writes before it documents a field", () => {
    expect(table.fieldsOf(["-", "-", "-", "-", "a", "-", "b c"])).toEqual({
      event,
      aws: { test: { additional_fields: ["a", "b c"] } },
    });
    expect(table.fieldsOf(["-", "-", "-", "-", "-", "-"])).toEqual({ event });
  });

  it("takes the members of an object by their names", () => {
    const members = { name: "y", status: 200, client: null, later: true, empty: null };
    expect(table.textsOfMembers(members)).toEqual(["", "200", "", "y", "later=true"]);
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
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("-", "127.0.0.1", "12")), { maxLength: 4 }),
        (texts) => {
          const [client = "", , , name = ""] = texts;
          const { source, aws } = table.fieldsOf(texts);
          const alone = { source: undefined, aws: undefined };
          putField(alone as never, fieldPath("source.address"), asText(client));
          putField(alone as never, fieldPath("source.ip"), asIp(client));
          putField(alone as never, fieldPath("aws.test.name"), asText(name));
          expect({ source, aws }).toEqual(alone);
        },
      ),
    );
  });
});
