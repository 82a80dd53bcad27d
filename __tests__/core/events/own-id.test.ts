import fc from "fast-check";
import { ownIdIn } from "../../../core/events/own-id";
import { eventId } from "../../support/kinesis";

const ULID = "01KAJ9Y7TZ8Q4W6C2V0M5N1R3S";
const UUID = "9b2f1c1e-4f1a-4b7e-8c3d-0123456789ab";

const crockford = fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ");
const ulid = fc
  .tuple(fc.constantFrom(..."01234567"), fc.array(crockford, { minLength: 25, maxLength: 25 }))
  .map(([first, rest]) => first + rest.join(""));

describe("ownIdIn", () => {
  it("reads any ULID and any UUID of version 4 in event.id, by its name or by its object", () => {
    fc.assert(
      fc.property(fc.oneof(ulid, fc.uuid({ version: 4 })), (id) => {
        expect(ownIdIn(JSON.stringify({ "event.id": id }))).toBe(id);
        expect(ownIdIn(JSON.stringify({ level: "info", event: { id } }))).toBe(id);
      }),
    );
  });

  it.each([
    ["CloudWatch's form", eventId(7)],
    ["a number", 7],
    ["a short text", "7"],
    ["nothing", ""],
    ["a ULID in lower case", ULID.toLowerCase()],
    ["a ULID beyond the last one", `8${ULID.slice(1)}`],
    ["a ULID with a letter that it never has", ULID.replace("K", "U")],
    ["a ULID and more", `${ULID}\n`],
    ["a UUID of version 1", UUID.replace("-4b7e", "-1b7e")],
    ["a UUID of version 7", UUID.replace("-4b7e", "-7b7e")],
    ["a UUID of another variant", UUID.replace("-8c3d", "-cc3d")],
    ["a UUID without hyphens", UUID.replaceAll("-", "")],
    ["a place in the stream", `shardId-000000000000:${eventId(1)}:0`],
    ["an object", { id: UUID }],
  ])("reads no id in %s", (_, id) => {
    expect(ownIdIn(JSON.stringify({ "event.id": id }))).toBeUndefined();
    expect(ownIdIn(JSON.stringify({ event: { id } }))).toBeUndefined();
  });

  it.each([`event.id ${UUID}`, `[{"event.id":"${UUID}"}]`, `{"id":"${UUID}"}`, `{"event.id":"${UUID}"`])(
    "reads no id in %j, which is no JSON object with an event.id",
    (message) => expect(ownIdIn(message)).toBeUndefined(),
  );
});
