import { sharedReason } from "../../../../local/page/quarantine/reasons";

const ofDocument = (id: string, value: string) =>
  `400 mapper_parsing_exception: failed to parse field [a] of type [long] in document with id '${id}'. Preview of field's value: '${value}'`;

describe("sharedReason", () => {
  it("is the same whatever a reason quotes of an event, and has the field", () => {
    const reason = sharedReason(ofDocument("39285.x", "one"));
    expect(sharedReason(ofDocument("40000.y", "two"))).toEqual(reason);
    expect(reason.text).toContain("failed to parse field [a] of type [long] in document with id '…'.");
    expect(sharedReason(ofDocument("1", "one").replace("[a]", "[b]")).id).not.toBe(reason.id);
  });

  it("keeps the name of a field", () => {
    expect(sharedReason("immense term in field=\"message\", whose prefix is: 'a'").text).toBe(
      `immense term in field="message", whose prefix is: '…'`,
    );
  });

  it("leaves ids and positions out, and keeps limits and statuses", () => {
    expect(sharedReason("400: limit of [1000] at offset 123456").text).toBe("400: limit of [1000] at offset …");
  });

  it("is short, however long the reason", () => {
    expect(sharedReason("x".repeat(1_000_000)).text).toHaveLength(300);
  });
});
