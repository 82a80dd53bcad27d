import { context, formatMessages, type Plugin } from "esbuild";
import { BUNDLING, entryPointOf, packagesApart, shortened } from "../build/bundle";
import { writeZip, zip } from "../build/zip";

/** A function's deployment package, built and written. */
export interface WatchedBuild {
  readonly zip: Uint8Array;
  /** From the change that esbuild detected to the written zip, in milliseconds. */
  readonly tookMs: number;
}

export interface WatchOptions {
  /** The repository, or a copy of it: functions/, core/ and the packages that are bundled. */
  readonly root: string;
  /** A folder of functions/. */
  readonly name: string;
  onBuild(build: WatchedBuild): void;
  /** Called with esbuild's text of compile errors, in place of `onBuild`. */
  onErrors(text: string): void;
}

export interface Watch {
  stop(): Promise<void>;
}

/** Builds a function at once, and again whenever a file changes that it imports; compile errors do not end the watch. */
export async function watchFunction({ root, name, onBuild, onErrors }: WatchOptions): Promise<Watch> {
  let startMs = 0;
  const report: Plugin = {
    name: "report",
    setup(build) {
      build.onStart(() => {
        startMs = performance.now();
      });
      build.onEnd(async ({ errors, outputFiles, metafile }) => {
        if (errors.length > 0) {
          const texts = await formatMessages(errors, { kind: "error", color: process.stdout.isTTY === true });
          return onErrors(texts.join("").trimEnd());
        }
        const zipped = zip(shortened(outputFiles![0]!.contents), packagesApart(root, metafile!));
        writeZip(root, name, zipped);
        onBuild({ zip: zipped, tookMs: performance.now() - startMs });
      });
    },
  };
  const watched = await context({
    ...BUNDLING,
    absWorkingDir: root,
    entryPoints: [entryPointOf(name)],
    logLevel: "silent",
    metafile: true,
    plugins: [report],
  });
  await watched.watch();
  return { stop: () => watched.dispose() };
}
