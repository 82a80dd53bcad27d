/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", ...(process.env.SKIP_INTEGRATION ? ["/__tests__/integration/"] : [])],
  modulePathIgnorePatterns: ["<rootDir>/(cdktf.out|dist|.cache|.local)/"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } } }] },
  // Of the rooms that unit tests reach; registry, soak and benchmarks are tested by what runs them.
  collectCoverageFrom: [
    "{archive,audit,core,cost,dev,doctor,functions,local,modules,packages,query,replay,search,sizing,tools,docs/tables}/**/*.ts",
    // AssemblyScript; its tests run the compiled module.
    "!core/fast-path/assembly/**",
  ],
  // By v8 the unit tests take three times the CPU time, to map its ranges to the sources.
  coverageProvider: "babel",
  coverageReporters: ["text-summary", "html"],
  // What npm run test:coverage reached, rounded down. Raise it with the coverage; global is all but core.
  coverageThreshold: {
    global: { statements: 74, branches: 70, functions: 69, lines: 75 },
    // The `default` of a switch that the compiler proves exhaustive counts as a branch that is never taken.
    "./core/": { statements: 99, branches: 98, functions: 99, lines: 99 },
  },
  globalSetup: "<rootDir>/__tests__/support/global-setup.js",
  testSequencer: "<rootDir>/__tests__/support/phase-sequencer.js",
  reporters: [
    ["default", { summaryThreshold: 0 }],
    "<rootDir>/__tests__/support/progress-reporter.js",
    "<rootDir>/__tests__/support/summary-reporter.js",
  ],
  // Of a test that hangs: no test fails because a machine is slow.
  testTimeout: 120_000,
  // On two cores: integration tests mostly wait.
  maxWorkers: 3,
  // Each file leaves some of its modules in its worker's heap. At 2 GB, collecting garbage takes most of the time.
  workerIdleMemoryLimit: "600MB",
};
