import { put } from "../../../local/commands/put";
import { UsageError } from "../../../tools/usage/usage-error";
import { ValidationErrors } from "../../../tools/usage/validation-errors";

/** No pipeline has this process id. */
const NO_PID = 2 ** 30;

describe("put", () => {
  it("reports the errors of the command line and of the files together, even without a pipeline", async () => {
    const errors = new ValidationErrors();
    errors.add("Unknown option '--foo'.");
    await expect(put({ file: ["/nowhere.log"] }, errors, NO_PID)).rejects.toThrow(
      new UsageError(["Unknown option '--foo'.", "--file /nowhere.log cannot be read: there is no such file."]),
    );
  });

  it("reports that no pipeline runs when nothing else is wrong", async () => {
    await expect(put({}, new ValidationErrors(), NO_PID)).rejects.toThrow(/^No pipeline /);
  });
});
