import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Package {
  version?: string;
  resolved?: string;
  integrity?: string;
  /** Comes inside the tarball of another package, whose integrity covers it. */
  inBundle?: true;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(join(__dirname, "../package-lock.json"), "utf8")) as {
  packages: Record<string, Package>;
};

describe("package-lock.json", () => {
  it("names packages and versions, and no registry", () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved)).toEqual([]);
  });

  it("has the hash of every tarball, so that no registry can serve another one", () => {
    const tarballs = Object.entries(packages).filter(([path, { inBundle }]) => path !== "" && !inBundle);
    expect(tarballs).not.toEqual([]);
    expect(tarballs.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""))).toEqual([]);
  });

  // npm leaves out packages that a registry does not offer to this machine; npm ci then fails on every machine.
  it("has the optional packages of every platform", () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`${path}/node_modules/${name}`]?.version && !packages[`node_modules/${name}`]?.version,
      ),
    );
    expect(missing).toEqual([]);
  });
});
