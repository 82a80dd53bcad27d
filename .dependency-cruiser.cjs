/**
 * The imports that each room of the repository forbids; docs/decisions/0016-rooms.md describes the rooms. A test runs
 * these rules; by hand: npx depcruise .
 *
 * A rule with an exemption names the file and the reason.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: "core-is-the-library",
      severity: "error",
      comment: "Functions, commands and constructs use core; they pass what it needs as arguments.",
      from: { path: "^core/" },
      to: { pathNot: "^core/", dependencyTypes: ["local"] },
    },
    {
      name: "core-events-come-first",
      severity: "error",
      comment:
        "An event is the same whatever source it comes from and whatever sink it goes to. Settings and metrics are declarations.",
      from: { path: "^core/(events|json)/" },
      to: { path: "^core/(?!(events|json|settings|metrics)/|errors\\.ts$)", reachable: true },
    },
    {
      name: "core-source-knows-no-sink",
      severity: "error",
      comment: "A new sink takes events of every source, so only core/pipelines and core/fast-path connect the two.",
      from: { path: "^core/sources/" },
      to: { path: "^core/(sinks|fast-path|pipelines)/", reachable: true },
    },
    {
      name: "core-sink-knows-no-source",
      severity: "error",
      comment: "A new source delivers to every sink, so only core/pipelines and core/fast-path connect the two.",
      from: { path: "^core/sinks/" },
      to: { path: "^core/(sources|fast-path|pipelines)/", reachable: true },
    },
    {
      name: "core-parsers-know-messages-alone",
      severity: "error",
      comment:
        "A format is the same in every lane: a parser knows neither where a message comes from nor where it goes.",
      from: { path: "^core/parsers/" },
      to: { path: "^core/(?!(parsers|events|json|settings)/|errors\\.ts$)", reachable: true },
    },
    {
      name: "core-rules-know-events-alone",
      severity: "error",
      comment: "A rule decides about an event alike in every lane, wherever it comes from and goes to.",
      from: { path: "^core/rules/" },
      to: { path: "^core/(?!(rules|patterns|parsers|events|json|settings)/|errors\\.ts$)", reachable: true },
    },
    {
      name: "core-messages-know-events-alone",
      severity: "error",
      comment: "Joining and extraction are the same in every lane, and come before rules.",
      from: { path: "^core/messages/" },
      to: {
        path: "^core/(?!(messages|patterns|parsers|events|json|settings)/|errors\\.ts$)",
        reachable: true,
      },
    },
    {
      name: "core-indices-know-no-delivery",
      severity: "error",
      comment:
        "What an engine keeps about indices is for functions and commands alike, whether they deliver events or not.",
      from: { path: "^core/indices/" },
      to: { path: "^core/(sinks|sources|fast-path|pipelines|report)/", reachable: true },
    },
    {
      name: "core-rules-decide-alone",
      severity: "error",
      comment: "A decision table is data: it imports tables and outcomes, and of what it classifies only the type.",
      from: { path: "^core/(.+-rules|retry/rule)\\.ts$" },
      to: { pathNot: "^core/(.+-rules|retry/rule)\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "core-rules-know-no-sender",
      severity: "error",
      comment: "A table that knew even the type of a sender would decide differently for functions and commands.",
      from: { path: "^core/(.+-rules|retry/rule)\\.ts$" },
      to: {
        path: "^core/(concurrency|pipelines)/|^core/.+/(attempt|lambda-send|send|signing|(node|undici)-transport|deliver|post-bulk|opensearch-sink|put-objects?|retry)\\.ts$",
      },
    },
    {
      name: "function-on-core-alone",
      severity: "error",
      comment:
        "A function's bundle decides its cold start, and replay does what functions do by core, not by them. " +
        "functions/audit, which no event waits for, is exempt: it compares by the command's own code, which is to find the same.",
      from: { path: "^functions/(?!audit/)([^/]+)/" },
      to: { pathNot: "^(core|functions/$1)/", dependencyTypes: ["local"] },
    },
    {
      name: "function-audit-on-audit",
      severity: "error",
      comment: "The function audits by the command's own code, and brings its own transport.",
      from: { path: "^functions/audit/" },
      to: { pathNot: "^(core|functions/audit|audit|archive|replay)/", dependencyTypes: ["local"] },
    },
    {
      name: "functions-reach-no-undici",
      severity: "error",
      comment: "undici in a bundle lengthens the cold start. Functions send by core/http/node-transport.ts.",
      from: { path: "^functions/" },
      to: { path: "(^|node_modules/)undici($|/)", reachable: true },
    },
    {
      name: "patterns-alone-reach-re2js",
      severity: "error",
      comment: "Each pattern of a user has the same limits, and the package is loaded when the first one is compiled.",
      from: { pathNot: "^(core/patterns|__tests__)/" },
      to: { path: "(^|node_modules/)re2js($|/)" },
    },
    {
      name: "core-patterns-stand-alone",
      severity: "error",
      comment: "A pattern is the same in extraction, rules and joining. Settings are declarations.",
      from: { path: "^core/patterns/" },
      to: { pathNot: "^core/(patterns|settings)/", dependencyTypes: ["local"] },
    },
    {
      name: "archive-on-core-and-tools",
      severity: "error",
      comment: "The commands that read the archive share how it is read, not what they do with it.",
      from: { path: "^archive/" },
      to: { pathNot: "^(archive|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "replay-on-archive-core-and-tools",
      severity: "error",
      comment: "Functions and replay meet only in core: what both do is there once.",
      from: { path: "^replay/" },
      to: { pathNot: "^(replay|archive|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "audit-on-replay",
      severity: "error",
      comment: "An audit compares with the documents that a replay would deliver, and heals by a replay.",
      from: { path: "^audit/" },
      to: { pathNot: "^(audit|replay|archive|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "query-on-readers",
      severity: "error",
      comment:
        "A query reads objects as a replay does, and delivers nothing. package.json is exempt: it has the version of DuckDB.",
      from: { path: "^query/" },
      to: {
        pathNot: "^(query|archive|core|tools|replay/(arguments|kinds))/|^package\\.json$",
        dependencyTypes: ["local"],
      },
    },
    {
      name: "duckdb-for-sql",
      severity: "error",
      comment: "Of 68 MB: every other command has to work without it.",
      from: { pathNot: "^(query/sql|__tests__)/" },
      to: { path: "(^|node_modules/)@duckdb/" },
    },
    {
      name: "cost-on-core-and-tools",
      severity: "error",
      comment:
        "A cost is computed of what a plan says: it knows no construct, and asks no account. What it assumes where sizing assumes the " +
        "same, and the command that sizes a plan, are sizing's.",
      from: { path: "^cost/" },
      to: { pathNot: "^(cost|core|tools)/|^sizing/(storage|workload)\\.ts$", dependencyTypes: ["local"] },
    },
    {
      name: "search-on-core-and-tools",
      severity: "error",
      comment:
        "What an engine keeps about a pipeline's indices is once in core; functions, replay and search put the same.",
      from: { path: "^search/" },
      to: { pathNot: "^(search|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "sizing-on-core-and-tools",
      severity: "error",
      comment: "Sizes are computed from figures of AWS's; tests compare them with what the module accepts.",
      from: { path: "^sizing/" },
      to: { pathNot: "^(sizing|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "doctor-on-search",
      severity: "error",
      comment:
        "The doctor asks engines as search does, and names the commands that mend what it finds. The name of a lane's stream, " +
        "from which it finds the log group, is declared in modules/logging-pipeline/lane-name.ts.",
      from: { path: "^doctor/" },
      to: {
        pathNot: "^(doctor|search|core|tools)/|^modules/logging-pipeline/lane-name\\.ts$",
        dependencyTypes: ["local"],
      },
    },
    {
      name: "local-knows-functions-as-zips",
      severity: "error",
      comment:
        "The local pipeline runs what Lambda runs. A function's source in the same process would be another program.",
      from: { path: "^local/" },
      to: { path: "^(functions|build)/", reachable: true },
    },
    {
      name: "local-on-core-and-tools",
      severity: "error",
      comment:
        "local is a region, not a library of other commands. It prints a replay's command line, so replay/arguments/kinds.ts, " +
        "where the limits of that are declared, is exempt.",
      from: { path: "^local/" },
      to: {
        path: "^(replay|soak|benchmarks|registry|docs)/|^main\\.ts$",
        pathNot: "^replay/arguments/kinds\\.ts$",
        reachable: true,
      },
    },
    {
      name: "page-shared-is-pure",
      severity: "error",
      comment: "What goes over the wire is the same on both sides: neither Node.js nor a browser is needed for it.",
      from: { path: "^local/page/shared/" },
      to: { pathNot: "^local/page/shared/" },
    },
    {
      name: "page-browser-on-shared",
      severity: "error",
      comment: "What runs in the browser has only what it is sent, and two packages.",
      from: { path: "^local/page/browser/" },
      to: { pathNot: "^local/page/(browser|shared)/|(^|node_modules/)(preact|uplot)($|/)" },
    },
    {
      name: "page-browser-is-a-bundle",
      severity: "error",
      comment: "build/page.ts bundles it by its path; on Node.js there is nothing to show it on.",
      from: { pathNot: "^(local/page/browser|__tests__)/" },
      to: { path: "^local/page/browser/" },
    },
    {
      name: "page-is-for-a-start",
      severity: "error",
      comment: "The page shows what local does: nothing but the start knows that there is one.",
      from: { pathNot: "^(local/page/|local/commands/start\\.ts$|__tests__/)" },
      to: { path: "^local/page/" },
    },
    {
      name: "dev-on-build-and-local",
      severity: "error",
      comment: "dev deploys what build bundles into the pipeline that local runs: a function is a zip there too.",
      from: { path: "^dev/" },
      to: { pathNot: "^(dev|build|local|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "dev-is-a-command",
      severity: "error",
      comment: "Nothing imports dev: local and build stay apart, and share code by tools.",
      from: { pathNot: "^(dev|__tests__)/" },
      to: { path: "^dev/" },
    },
    {
      name: "modules-for-main-and-registry",
      severity: "error",
      comment:
        "Constructs are for Terraform; docs/tables prints their inputs. local/terraform/log-groups.ts is exempt: it rejects the " +
        "names that a plan would reject, by the same rules. local/lane.ts, which needs no Terraform, is exempt: it has the " +
        "module's defaults. setup/s3-logging/parameters.ts is exempt: it asks for inputs, with their limits and defaults. " +
        "doctor/log-group-sources.ts is exempt: it finds a stream's log group by modules/logging-pipeline/lane-name.ts.",
      from: {
        pathNot:
          "^(modules|registry|docs/tables|__tests__)/|^main\\.ts$|^local/(terraform/log-groups|lane)\\.ts$|^setup/s3-logging/parameters\\.ts$|^doctor/log-group-sources\\.ts$",
      },
      to: { path: "^modules/" },
    },
    {
      name: "modules-stand-alone",
      severity: "error",
      comment:
        "The npm package is modules/ and the functions as zips. Of the library it has only declarations: the settings of a " +
        "function, which inputs set, and its metrics, which alarms watch; and what compiles the patterns of settings.",
      from: { path: "^modules/" },
      to: { pathNot: "^(modules|core/(settings|metrics|patterns))/|^core/errors\\.ts$", dependencyTypes: ["local"] },
    },
    {
      name: "core-declarations-are-data",
      severity: "error",
      comment: "Apps that use the npm package load the settings and metrics, so these bring nothing else along.",
      from: { path: "^core/((settings|metrics)/|errors\\.ts$)" },
      to: { pathNot: "^core/((settings|metrics)/|errors\\.ts$)" },
    },
    {
      name: "modules-language-knows-no-construct",
      severity: "error",
      comment: "Every construct is written in the language of inputs, aws and terraform.",
      from: { path: "^modules/(inputs|aws|terraform)/" },
      to: { path: "^modules/(?!(inputs|aws|terraform)/|error\\.ts$)" },
    },
    {
      name: "cdktf-for-constructs",
      severity: "error",
      comment:
        "The constructs alone move to CDK Terrain. A package.json is exempt: local/terraform reads the provider's version there.",
      from: { pathNot: "^(modules|registry/stack|__tests__)/|^main\\.ts$" },
      to: { path: "(^|node_modules/)(cdktf|cdktn|@cdktf|@cdktn|constructs)($|/)", pathNot: "/package\\.json$" },
    },
    {
      name: "main-on-modules",
      severity: "error",
      comment: "The CDKTF app puts constructs into stacks; all else belongs to a construct.",
      from: { path: "^main\\.ts$" },
      to: { pathNot: "^modules/", dependencyTypes: ["local"] },
    },
    {
      name: "registry-on-modules-and-tools",
      severity: "error",
      comment: "The registry module is emitted from the constructs; its README has the same tables as the docs.",
      from: { path: "^registry/" },
      to: { pathNot: "^(registry|modules|tools|docs/tables)/", dependencyTypes: ["local"] },
    },
    {
      name: "soak-on-local",
      severity: "error",
      comment: "soak injects faults into the pipeline that local runs, and counts what comes out of it.",
      from: { path: "^soak/" },
      to: { pathNot: "^(soak|local|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "send-on-packages-and-local",
      severity: "error",
      comment:
        "send writes lines as an application does, by the logger for Node.js, and finds the pipeline that local runs.",
      from: { path: "^send/" },
      to: { pathNot: "^(send|packages/node-logger|local|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "setup-on-local",
      severity: "error",
      comment:
        "setup runs Terraform as local does, in a person's account or the local pipeline's. setup/s3-logging/parameters.ts, whose " +
        "questions are inputs of a construct, is exempt.",
      from: { path: "^setup/", pathNot: "^setup/s3-logging/parameters\\.ts$" },
      to: { pathNot: "^(setup|local|core|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "benchmarks-on-build-and-local",
      severity: "error",
      comment: "benchmarks measure what build bundles, in the event source mapping that local has, and packages.",
      from: { path: "^benchmarks/" },
      to: { pathNot: "^(benchmarks|build|local|core|tools|packages)/", dependencyTypes: ["local"] },
    },
    {
      name: "build-stands-alone",
      severity: "error",
      comment: "build reads sources as files: what it bundles is not part of it.",
      from: { path: "^build/" },
      to: { pathNot: "^build/", dependencyTypes: ["local"] },
    },
    {
      name: "docs-tables-on-declarations",
      severity: "error",
      comment:
        "A table is written from what core, modules and cost declare. sizing/rules.ts and doctor/check-table.ts are exempt: what the " +
        "commands go by.",
      from: { path: "^docs/tables/" },
      to: {
        pathNot: "^(docs/tables|core|modules|cost|tools)/|^(sizing/rules|doctor/check-table)\\.ts$",
        dependencyTypes: ["local"],
      },
    },
    {
      name: "docs-screenshots-on-local",
      severity: "error",
      comment: "The pictures are of the page of a pipeline that local runs.",
      from: { path: "^docs/screenshots/" },
      to: { pathNot: "^(docs/screenshots|local|tools)/", dependencyTypes: ["local"] },
    },
    {
      name: "packages-stand-alone",
      severity: "error",
      comment:
        "A package is published by itself. The backoff, which it bundles, is exempt: one rule for all that is sent again. " +
        "packages/commands, which puts the commands into one program, has a rule of its own.",
      from: { path: "^packages/(?!commands/)([^/]+)/" },
      to: { pathNot: "^(packages/$1/|core/retry/backoff\\.ts$)", dependencyTypes: ["local"] },
    },
    {
      name: "commands-on-commands",
      severity: "error",
      comment: "The npm package adds nothing to the commands but their names.",
      from: { path: "^packages/commands/" },
      to: {
        pathNot:
          "^(packages/commands/|((cost|audit|doctor|replay|search|setup|send|sizing)/|query/[a-z]+/)main\\.ts$|tools/|package\\.json$)",
        dependencyTypes: ["local"],
      },
    },
    {
      name: "packages-are-for-applications",
      severity: "error",
      comment:
        "This project's own programs log by other means. send is an application, and benchmarks measures the packages.",
      from: { pathNot: "^(packages|benchmarks|send|__tests__)/" },
      to: { path: "^packages/" },
    },
    {
      name: "tools-know-no-room",
      severity: "error",
      comment: "local, soak, benchmarks, registry and replay share tools, so tools import none of them.",
      from: { path: "^tools/" },
      to: { pathNot: "^(tools|core)/", dependencyTypes: ["local"] },
    },
    {
      name: "tests-are-for-tests",
      severity: "error",
      comment: "Code that a source needs is a source itself.",
      from: { pathNot: "^__tests__/" },
      to: { path: "^__tests__/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "Files that import one another can only be understood, tested and moved together.",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unknown-imports",
      severity: "error",
      comment:
        "An import that cannot be followed would pass every other rule. examples, which install this repository's packages, are exempt.",
      from: { pathNot: "^examples/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|lib|cdktf\\.out|coverage|\\.cache|\\.local)/" },
    // Of a package that has several entry points.
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
    // Imports of types count.
    tsPreCompilationDeps: true,
  },
};
