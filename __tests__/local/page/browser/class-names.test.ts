import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Sections, in one bundle with the others and with what all of them share. */
const SECTIONS = ["search"];

const FOLDER = join(__dirname, "../../../../local/page/browser");
const read = (file: string) => readFileSync(join(FOLDER, file), "utf8").replaceAll(/\/\*.*?\*\//gs, "");

const classesOf = (css: string) =>
  new Set([...css.matchAll(/\.([a-z][\w-]*)(?=[\s,.:>[{)])/g)].map(([, name]) => name!));

/** Of the states that a section's own class has, and of uPlot. */
const STATES = /^(?:primary|bad|warn|total|warning|error|u-.+)$/;

describe("the classes of a section", () => {
  it.each(SECTIONS)("begin with its name, so that they mean nothing in another: %s", (section) => {
    const classes = [...classesOf(read(`${section}/${section}.css`))];
    expect(classes.length).toBeGreaterThan(10);
    expect(classes.filter((name) => !name.startsWith(section) && !STATES.test(name))).toEqual([]);
  });

  it.each(SECTIONS)("style only what is in it, by states of their own: %s", (section) => {
    const selectors = [...read(`${section}/${section}.css`).matchAll(/^([.a-z][^{};@]*)\{/gm)].map(([, text]) => text!);
    const lone = selectors.flatMap((text) => text.split(",")).filter((one) => !one.includes(`.${section}`));
    expect(lone.map((one) => one.trim())).toEqual([]);
  });
});
