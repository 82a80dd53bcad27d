import { putSection } from "../../../../local/page/put/section";
import type { PageRequest } from "../../../../local/page/server/section";
import { type PutPipeline, startPutPipeline } from "../../../support/put-pipeline";

let pipeline: PutPipeline;
beforeEach(async () => {
  pipeline = await startPutPipeline();
});
afterEach(() => pipeline.stop());

const targets = [{ kind: "log group", name: "foo" } as const];
const section = () => putSection({ session: {}, targets: () => targets, puts: () => pipeline.puts });
const send = (query: string, to = section()) => {
  const content = (async function* () {
    yield Buffer.from('{"at":"2026-11-28T12:00:00Z"}');
  })();
  const request = { query: new URLSearchParams(query), content, body: Buffer.alloc(0) };
  return to.routes["POST api/put"]!.handle(request as unknown as PageRequest);
};

describe("putSection", () => {
  it("has nothing to show, and takes nothing, until the pipeline delivers", async () => {
    const starting = putSection({ session: {}, targets: () => [] });
    expect(starting.state).toBeUndefined();
    starting.update(false);
    starting.read([]);
    await expect(send("group=foo", starting)).rejects.toMatchObject({ status: 409 });
  });

  it("answers with the id of the put, which its state shows", async () => {
    expect(await send("group=foo&file=a.log&size=29&timeField=at")).toEqual({ json: { id: 1 } });
    expect(section().state).toMatchObject({
      ...{ targets, puts: [{ id: 1, fileName: "a.log", target: targets[0] }] },
    });
  });

  it("says all that is wrong with a request", async () => {
    await expect(send("timeField=a%20b")).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(
        /^0 targets are given\. Allowed: group, a log group's name, or bucket, that of access logs\.\nThe time field is "a b"\. Allowed: a field's name .*\.$/,
      ),
    });
  });
});
