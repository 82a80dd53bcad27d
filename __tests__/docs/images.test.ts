import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const images = resolve(__dirname, "../../docs/images");
const image = (theme: string) => readFileSync(join(images, `pipeline-${theme}.svg`), "utf8");

/** Custom properties of the image's stylesheet that hold a color, and the image without their values. */
const COLORS = /(--[a-z]+): (#[0-9a-f]{6});/g;
const colors = (svg: string) => new Map([...svg.matchAll(COLORS)].map(([, name, value]) => [name, value]));
const drawing = (svg: string) => svg.replaceAll(COLORS, "$1;");

describe("the picture of the pipeline", () => {
  it("is the same for the light and the dark theme but for its colors", () => {
    expect(drawing(image("dark"))).toBe(drawing(image("light")));
  });

  it("has another value of each color in the dark theme", () => {
    const light = colors(image("light"));

    for (const [name, value] of colors(image("dark"))) {
      expect(`${name}: ${value}`).not.toBe(`${name}: ${light.get(name)}`);
    }
  });

  it.each(["light", "dark"])("takes its colors from these properties only: %s", (theme) => {
    expect(drawing(image(theme))).not.toMatch(/#[0-9a-f]{3,8}\b|rgb|(fill|stroke): (?!var|none)/i);
  });
});
