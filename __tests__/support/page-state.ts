import { pageAssets } from "../../local/page/server/assets";
import type { PageState } from "../../local/page/shared/page-state";

/** Of a pipeline that is starting. */
export const pageState: PageState = {
  phase: "starting",
  steps: [
    { title: "Check prerequisites", status: "done", seconds: 1.2 },
    {
      title: "Apply the stacks",
      status: "running",
      children: [
        {
          title: "log-archive: apply",
          status: "running",
          output: "1 of 2 resources",
          resources: [
            { address: "aws_s3_bucket.this", status: "applied" },
            { address: "aws_s3_bucket_policy.this", status: "applying" },
          ],
        },
        { title: "Search engine", status: "waiting" },
      ],
    },
  ],
  services: [
    { name: "AWS emulator", url: "http://127.0.0.1:5000", isUp: true },
    { name: "Search engine", url: "http://127.0.0.1:9200", isUp: false },
  ],
  lanes: [],
};

/** A page of nothing, for tests of what serves it. */
export const emptyPage = pageAssets({ js: "export {};", css: "" });
