import { install, tools } from "./tools";

/** Installs each tool, even if another one fails. */
async function installAll(): Promise<void> {
  for (const tool of Object.values(tools)) {
    try {
      await install(tool);
      console.log(`${tool.name} ${tool.version} is installed`);
    } catch (error) {
      console.error(`${tool.name} ${tool.version} cannot be installed:\n${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
}

void installAll();
