import { run } from "../../../tools/processes/process";
import { repositoryRoot } from "../../../tools/repository";

/** The page's files by name, with their types. */
export type PageAssets = Readonly<Record<string, { readonly type: string; readonly content: string }>>;

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Logging pipeline</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script type="module" src="page.js"></script>
</head>
<body><div id="page"></div><noscript>This page needs JavaScript.</noscript></body>
</html>
`;

/** Bundles the page. @throws ProcessError */
export async function buildPage(): Promise<PageAssets> {
  const output = await run(process.execPath, ["--import", "tsx", "build/page.ts"], {
    env: process.env,
    cwd: repositoryRoot,
  });
  // Node.js may warn of something before.
  const json = output.split("\n").find((line) => line.startsWith('{"js":'))!;
  return pageAssets(JSON.parse(json) as { js: string; css: string });
}

export function pageAssets({ js, css }: { readonly js: string; readonly css: string }): PageAssets {
  return {
    "": { type: "text/html; charset=utf-8", content: HTML },
    "page.js": { type: "text/javascript; charset=utf-8", content: js },
    "page.css": { type: "text/css; charset=utf-8", content: css },
  };
}
