import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OPENSEARCH } from "../../local/opensearch/opensearch";
import type { EngineRelease } from "../../local/opensearch/release";
import { java } from "../../tools/prerequisites/java";
import { run } from "../../tools/processes/process";

/** A release, and the Java that runs it, of those that these tests find. */
export interface TestedRelease extends EngineRelease {
  /** Why this machine cannot run it, as what to do; undefined if it can. */
  readonly needs?: string;
}

type Pinned = readonly [version: string, sha256: string];

/** Before 2.5 a cluster has no such setting, and an index has a replica that a single node cannot allocate. */
function earlyOpenSearch([version, sha256]: Pinned): TestedRelease {
  const { clusterSettings: _, ...release } = OPENSEARCH;
  return { ...release, version, sha256 };
}

const openSearch2 = ([version, sha256]: Pinned): TestedRelease => ({ ...OPENSEARCH, version, sha256 });

/** From 3.0 on an agent stands in for Java's security manager, and Java 21 is needed. */
function openSearch3([version, sha256]: Pinned): TestedRelease {
  const home = java21Home(process.env);
  return {
    ...OPENSEARCH,
    version,
    sha256,
    ...(home === undefined && { needs: "JAVA_HOME_21_X64, or another that names Java 21 or newer" }),
    async launch(directory, directories, jvmOptions) {
      const options = jvmOptions.filter((option) => !/security\.manager|locale\.providers/.test(option));
      const { args, env } = await OPENSEARCH.launch(directory, directories, options);
      const agent = `-javaagent:${join(directory, "agent", "opensearch-agent.jar")}`;
      return { command: java({ JAVA_HOME: home }), args: [agent, ...args], env };
    },
  };
}

/** GitHub's runners have variables such as `JAVA_HOME_21_X64`. */
function java21Home(environment: NodeJS.ProcessEnv): string | undefined {
  const homes = Object.entries(environment).map(([name, home]) => ({ major: majorIn(name), home }));
  return homes.find(({ major }) => major >= 21)?.home;
}

const majorIn = (name: string): number => Number(/^JAVA_HOME_(\d+)_/.exec(name)?.[1] ?? 0);

/** The last releases under the Apache License, which AWS offers. Its script needs options of its JVM that it reads itself. */
const elasticsearch7 = ([version, sha256]: Pinned): TestedRelease => ({
  name: "elasticsearch",
  version,
  sha256,
  settings: {},
  async launch(home, { config }, jvmOptions) {
    const properties = [
      ...[`-Des.path.home=${home}`, `-Des.path.conf=${config}`],
      ...["-Des.distribution.flavor=oss", "-Des.distribution.type=zip", "-Des.bundled_jdk=false"],
    ];
    const main = ["-cp", `${home}/lib/*`, "org.elasticsearch.bootstrap.Elasticsearch"];
    return { command: java(), args: [...jvmOptions, ...properties, ...main], env: {} };
  },
});

/** Elasticsearch 7.17 and 8.17, by their own script: 8.17 takes its settings from a launcher only. */
const scriptedElasticsearch = ([version, sha256]: Pinned): TestedRelease => ({
  name: "elasticsearch",
  version,
  sha256,
  settings: { "xpack.security.enabled": false },
  async launch(home, { config, tmp }, jvmOptions) {
    await writeFile(join(config, "jvm.options"), jvmOptions.join("\n"));
    return {
      command: "bash",
      args: [join(home, "bin", "elasticsearch")],
      env: { ES_PATH_CONF: config, ES_TMPDIR: tmp, ES_JAVA_HOME: await javaHome() },
    };
  },
});

/** The script looks for java in the engine's own folder only, where this distribution has none. */
async function javaHome(): Promise<string> {
  const properties = await run(java(), ["-XshowSettings:properties", "-version"], { env: process.env });
  return /java\.home = (.*)/.exec(properties)![1]!;
}

/**
 * The releases beside the one of `npm start` that the promises are kept on: of each version that `search_domain` allows and
 * Maven Central has, and those of Elasticsearch that are widespread elsewhere.
 */
export const OTHER_RELEASES: readonly TestedRelease[] = [
  ...(
    [
      ["1.0.0", "9ebeaed3a5fc289e53c729fa6438a68e9632c20baa441ed6164568bd290361e4"],
      ["1.2.4", "13ff5dd014fbf1eb339b6039c3a1eb5e338897c17ab43c145be16dabc03161ca"],
      ["1.3.20", "031e0cdcd14c7a5b9907dff8050fff76c7c2892c7313ea83c4a0bfbaae9265e3"],
      ["2.3.0", "a981b696ee8f54f5a7cfa59139a7e4ae129d133d7924c56d57e42827634f2b54"],
    ] satisfies Pinned[]
  ).map(earlyOpenSearch),
  ...(
    [
      ["2.11.1", "8e259bd67c0d807fc521bff2bb4f446482bbf0da34311331e9d47374cba0d465"],
      ["2.13.0", "54bb657f3983cb2eb670f2443130f18384a353e4c6acfb9f16c95e33a2b2de26"],
      ["2.15.0", "b4f76579c92e78d954000d1a17e6d626c63f26c2e15358f93540b7fd16c05464"],
      ["2.17.1", "3154ad7085e32c45344344f60465e428d958679b4a646d64a41a2cfdd6d6af7d"],
    ] satisfies Pinned[]
  ).map(openSearch2),
  ...(
    [
      ["3.1.0", "2e45e5b7bf9ac27f196677683b236f80aaaf075b79a62db68ba9c8fa27449305"],
      ["3.3.2", "1f8b62b09ed873ddc20164da79cbb1709687b19d0b6234f6b2a69ccbdd7906e7"],
      ["3.5.0", "b676ad392c95a94d8d2bd8785b8b922c7811536daf6a9ec0c7277a34bd8a17a9"],
      ["3.7.0", "c5c8eb3828a2aead77e9d3bb9d280f54c4de190b0b67f0e412c38663627f1b06"],
    ] satisfies Pinned[]
  ).map(openSearch3),
  ...(
    [
      ["7.9.3", "c95d06ccfc1e1f569710b571c0acb6ee2a03f0fb643a9f84bfa2f13e1a152e62"],
      ["7.10.2", "38a4232a9b8506235c8a2b6a24cdf3732b2c2aa4b8026c89063e038a610c9f4c"],
    ] satisfies Pinned[]
  ).map(elasticsearch7),
  ...(
    [
      ["7.17.28", "37004c9bd95165eb41b229204bbb9f311d8099d6db22ec22b2f019664f0a75ab"],
      ["8.17.0", "c3e814c3fa6b31ffaa2bad55c3aa2121fd595b3ffe08a7adf3a4579adbcb91d9"],
    ] satisfies Pinned[]
  ).map(scriptedElasticsearch),
];
