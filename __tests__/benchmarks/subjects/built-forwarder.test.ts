import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadForwarder } from "../../../benchmarks/subjects/built-forwarder";
import { temporaryDirectory } from "../../../tools/processes/temporary-directory";

const EVENT = { Records: [] };

it("invokes a function with the given environment, and reports records that it returns", async () => {
  const folder = await temporaryDirectory();
  const file = join(folder.path, "index.js");
  writeFileSync(file, "exports.handler = async () => ({ batchItemFailures: JSON.parse(process.env.RETURNED) });");
  try {
    await loadForwarder(file, { RETURNED: "[]" })(EVENT);
    await expect(loadForwarder(file, { RETURNED: '[{"itemIdentifier":"1"}]' })(EVENT)).rejects.toThrow(
      "the function has returned records to Lambda",
    );
  } finally {
    delete process.env.RETURNED;
    await folder.remove();
  }
});
