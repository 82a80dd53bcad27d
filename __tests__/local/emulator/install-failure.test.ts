import { pipFailure, venvFailure } from "../../../local/emulator/install-failure";
import { ProcessError } from "../../../tools/processes/process";

const failed = (output: string) => new ProcessError("python3 -m …", "exit status 1", output);

describe("pipFailure", () => {
  it("has pip's reason, advice, and pip's last lines", () => {
    expect(pipFailure(failed("NewConnectionError: [Errno 111] Connection refused")).message).toMatch(
      /^moto, the AWS emulator, cannot be fetched by pip: the connection is refused\.\nIt is fetched only once\. .*PIP_INDEX_URL.*\nIts last lines:\n {2}NewConn/,
    );
  });

  it("does not blame the network for a full disk", () => {
    expect(pipFailure(failed("OSError: [Errno 28] No space left on device")).message).toMatch(
      /cannot be fetched by pip\.\nThe disk is full\./,
    );
  });
});

describe("venvFailure", () => {
  it("advises Debian's package", () => {
    expect(venvFailure(failed("ensurepip is not available")).message).toMatch(
      /^Python cannot create the virtual environment .*\(exit status 1\)\.\n.*apt-get install python3-venv/,
    );
  });
});
