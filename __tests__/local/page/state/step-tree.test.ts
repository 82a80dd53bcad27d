import { Listr } from "listr2";
import { deferred } from "../../../../local/deferred";
import { stepTree } from "../../../../local/page/state/step-tree";
import { resourcesOf } from "../../../../local/start/stacks";
import { concurrently, inOrder, progressReporter, step } from "../../../../local/start/steps";

const waiting = (title: string) => ({ title, status: "waiting" });

describe("stepTree", () => {
  afterEach(() => jest.restoreAllMocks());

  it("shows the steps of a start, all from the beginning: titles, progress, resources, times", async () => {
    jest.spyOn(Date, "now").mockReturnValue(3_900);
    const [applied, failed] = [deferred<void>(), deferred<void>()];
    const [shown, begun] = [deferred<void>(), deferred<void>()];
    const list = new Listr(
      [
        step("Prepare", async (_, task) => {
          task.title += ": done";
        }),
        concurrently("Apply", [
          step("stack", async (_, task) => {
            const resources = new Map([["aws_kms_key.this", "applying" as const]]);
            resourcesOf(task, "stack")({ applied: 0, planned: 1, resources });
            await applied.promise;
          }),
          step("search", async (_, task) => {
            progressReporter(task, "search")("half of it");
            shown.resolve();
            await failed.promise;
            throw new Error("no room");
          }),
          inOrder("later", [
            step("first", async () => {
              begun.resolve();
              await applied.promise;
            }),
            step("second", async () => {}),
          ]),
        ]),
        step("Report", async () => {}),
      ],
      { renderer: "silent", concurrent: false },
    );
    expect(stepTree(list.tasks)).toEqual([
      { title: "Prepare", status: "waiting" },
      {
        title: "Apply",
        status: "waiting",
        children: [
          { title: "stack", status: "waiting" },
          { title: "search", status: "waiting" },
          { title: "later", status: "waiting", children: [waiting("first"), waiting("second")] },
        ],
      },
      { title: "Report", status: "waiting" },
    ]);

    const run = list.run();
    await Promise.all([shown.promise, begun.promise]);
    expect(stepTree(list.tasks)).toEqual([
      { title: "Prepare: done", status: "done", seconds: expect.any(Number) },
      {
        title: "Apply",
        status: "running",
        since: 3,
        children: [
          {
            title: "stack",
            status: "running",
            since: 3,
            output: "0 of 1 resources",
            resources: [{ address: "aws_kms_key.this", status: "applying" }],
          },
          { title: "search", status: "running", since: 3, output: "half of it" },
          {
            ...{ title: "later", status: "running", since: 3 },
            children: [{ title: "first", status: "running", since: 3 }, waiting("second")],
          },
        ],
      },
      { title: "Report", status: "waiting" },
    ]);

    failed.resolve();
    await expect(run).rejects.toThrow("see below");
    // What has failed is what a person has to look at.
    expect(stepTree(list.tasks, true)).toMatchObject([
      { status: "done" },
      {
        title: "Apply",
        status: "interrupted",
        children: [
          { title: "stack", status: "interrupted" },
          { title: "search", status: "failed" },
          { title: "later", status: "interrupted", children: [{ status: "interrupted" }, { status: "waiting" }] },
        ],
      },
      { status: "waiting" },
    ]);
    applied.resolve();
  });
});
