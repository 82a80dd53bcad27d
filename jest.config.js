/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", ...(process.env.SKIP_INTEGRATION ? ["/__tests__/integration/"] : [])],
  modulePathIgnorePatterns: ["<rootDir>/(cdktf.out|dist|.cache|.local)/"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } } }] },
  globalSetup: "<rootDir>/__tests__/support/global-setup.js",
  testSequencer: "<rootDir>/__tests__/support/phase-sequencer.js",
  reporters: [
    ["default", { summaryThreshold: 0 }],
    "<rootDir>/__tests__/support/progress-reporter.js",
    "<rootDir>/__tests__/support/summary-reporter.js",
  ],
  testTimeout: 30_000,
  maxWorkers: 2,
};
