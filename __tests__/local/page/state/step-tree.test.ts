import { Listr } from "listr2";
import { deferred } from "../../../../local/deferred";
import { stepTree } from "../../../../local/page/state/step-tree";
import { resourcesOf } from "../../../../local/start/stacks";
import { concurrently, progressReporter, step } from "../../../../local/start/steps";

describe("stepTree", () => {
  it("shows the steps of a start: titles, progress, resources, times", async () => {
    const [applied, failed, shown] = [deferred<void>(), deferred<void>(), deferred<void>()];
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
        ]),
        step("Report", async () => {}),
      ],
      { renderer: "silent", concurrent: false },
    );
    expect(stepTree(list.tasks)).toEqual([
      { title: "Prepare", status: "waiting" },
      { title: "Apply", status: "waiting" },
      { title: "Report", status: "waiting" },
    ]);

    const run = list.run();
    await shown.promise;
    expect(stepTree(list.tasks)).toEqual([
      { title: "Prepare: done", status: "done", seconds: expect.any(Number) },
      {
        title: "Apply",
        status: "running",
        children: [
          {
            title: "stack",
            status: "running",
            output: "0 of 1 resources",
            resources: [{ address: "aws_kms_key.this", status: "applying" }],
          },
          { title: "search", status: "running", output: "half of it" },
        ],
      },
      { title: "Report", status: "waiting" },
    ]);

    failed.resolve();
    applied.resolve();
    await expect(run).rejects.toThrow("see below");
    expect(stepTree(list.tasks)[1]).toMatchObject({ status: "failed", children: [{}, { status: "failed" }] });
  });
});
