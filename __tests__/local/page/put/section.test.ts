import { putSection } from "../../../../local/page/put/section";
import type { PageRequest } from "../../../../local/page/server/section";
import { type PutPipeline, startPutPipeline } from "../../../support/put-pipeline";

let pipeline: PutPipeline;
beforeEach(async () => {
  pipeline = await startPutPipeline();
});
afterEach(() => pipeline.stop());

const section = () => putSection({ session: {}, logGroups: () => ["foo"], puts: () => pipeline.puts });
const send = (query: string, to = section()) => {
  const content = (async function* () {
    yield Buffer.from('{"at":"2026-11-28T12:00:00Z"}');
  })();
  const request = { query: new URLSearchParams(query), content, body: Buffer.alloc(0) };
  return to.routes["POST api/put"]!.handle(request as unknown as PageRequest);
};

describe("putSection", () => {
  it("has nothing to show, and takes nothing, until the pipeline delivers", async () => {
    const starting = putSection({ session: {}, logGroups: () => [] });
    expect(starting.state).toBeUndefined();
    starting.update(false);
    starting.read([]);
    await expect(send("group=foo", starting)).rejects.toMatchObject({ status: 409 });
  });

  it("answers with the id of the put, which its state shows", async () => {
    expect(await send("group=foo&name=a.log&size=29&timeField=at")).toEqual({ json: { id: 1 } });
    expect(section().state).toMatchObject({
      ...{ logGroups: ["foo"], puts: [{ id: 1, fileName: "a.log", logGroup: "foo" }] },
    });
  });

  it("says all that is wrong with a request", async () => {
    await expect(send("timeField=a%20b")).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(
        /^group is missing\. Allowed: a log group's name\.\nThe time field is "a b"\. Allowed: a field's name .*\.$/,
      ),
    });
  });
});
