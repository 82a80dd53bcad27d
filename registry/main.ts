import { join } from "node:path";
import { writeModule } from "./module";

const directory = join(__dirname, "../dist/module");
writeModule(directory);
console.log(directory);
