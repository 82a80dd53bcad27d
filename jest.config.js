/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/(cdktf.out|dist|.cache|.local)/"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } } }] },
  reporters: [["default", { summaryThreshold: 0 }], "<rootDir>/__tests__/support/summary-reporter.js"],
  testTimeout: 30_000,
};
