import { archiveOutputs, pipelineOutputs } from "../../modules";

describe("the outputs", () => {
  it("of the two stacks have different names: cdktf deploy prints those of both in one list", () => {
    expect(Object.keys(archiveOutputs).filter((name) => name in pipelineOutputs)).toEqual([]);
  });
});
