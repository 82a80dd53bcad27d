import { EventLedger } from "../../../../local/delivery/event-ledger";
import { faultsSection } from "../../../../local/page/faults/section";
import type { PageRequest, RouteName } from "../../../../local/page/server/section";
import type { Session } from "../../../../local/start/session";
import { addToLedger } from "../../../support/ledger";

/** A pipeline whose start has ended, and whose search engine is the user's. */
function endedSession(): Partial<Session> {
  const ledger = new EventLedger();
  addToLedger(ledger, { logGroup: "foo", first: 1, count: 1 });
  return {
    ...{
      emulatorUrl: "http://127.0.0.1:1",
      ledger,
      report: { groups: [], foreignObjects: [], unreadableObjects: new Map() },
    },
    search: { endpoint: "http://127.0.0.1:1", indexPattern: "cwl-*" },
    archive: { bucket: "bucket", prefix: "" },
    network: { archive: { add: () => () => {} }, environment: () => ({}), stop: async () => {} },
    mappings: { killFunctions: async () => {}, stop: async () => {} },
  };
}

const send = (session: Partial<Session>, route: RouteName, body: string) =>
  faultsSection(session).routes[route]!.handle({ body: Buffer.from(body) } as PageRequest);
const begin = (session: Partial<Session>, body: string) => send(session, "POST api/faults/begin", body);

describe("faultsSection", () => {
  it("has no faults until the lines of the start have been counted", async () => {
    const { report: _, ...starting } = endedSession();
    expect(faultsSection(starting).state).toBeUndefined();
    await expect(begin(starting, '{"id":"function-killed"}')).rejects.toMatchObject({
      ...{ status: 409, message: "The pipeline does not deliver yet. Wait until its start has ended." },
    });
  });

  it.each([
    ['{"id":"nope"}', 404, "no such fault"],
    ["{}", 404, "no such fault"],
    ["null", 404, "no such fault"],
    ['{"id":1}', 400, "not a text"],
    ["{", 400, "no JSON"],
    ['{"id":"engine-429"}', 409, "not this pipeline's own"],
  ])("begins nothing for %s", async (body, status, message) => {
    await expect(begin(endedSession(), body)).rejects.toMatchObject({
      ...{ status, message: expect.stringContaining(message) },
    });
  });

  it("says why a fault cannot begin", async () => {
    await expect(begin(endedSession(), '{"id":"function-killed"}')).rejects.toMatchObject({
      ...{ status: 502, message: expect.stringMatching(/^Kill the function: .*ECONNREFUSED/) },
    });
  });

  it("heals what is not broken without an error", async () => {
    await expect(send(endedSession(), "POST api/faults/heal", "{}")).resolves.toMatchObject({
      json: { faults: expect.arrayContaining([expect.objectContaining({ id: "engine-429", status: "unavailable" })]) },
    });
  });

  it("shows an error of the functions only beside an experiment", () => {
    expect(faultsSection({ ...endedSession(), lastError: "of the start" }).state).not.toHaveProperty("lastError");
  });
});
