import { writeFileSync } from "node:fs";
import { OBJECT_ATTRIBUTES_FILE, objectAttributesIn } from "./object-attributes";
import { readProviderSchema } from "./provider-schema";

async function main(): Promise<void> {
  const attributes = objectAttributesIn(await readProviderSchema(process.env));
  writeFileSync(OBJECT_ATTRIBUTES_FILE, `${attributes.join("\n")}\n`);
  console.log(OBJECT_ATTRIBUTES_FILE);
}

void main();
