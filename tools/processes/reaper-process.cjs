"use strict";
// Kills process groups and deletes directories registered on standard input (["+","group","123"],
// ["-","directory","/tmp/x"]) when it closes: when the registering process ends, crashes or is killed by kill -9.
//
// Plain JavaScript, since it runs without tsx or jest.

const { rmSync } = require("node:fs");
const { createInterface } = require("node:readline");

// A killed process that its parent has not waited for still counts; no need to wait for that one.
const DEADLINE_MS = 1_000;
const POLL_MS = 10;
const registered = { group: new Set(), directory: new Set() };

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [sign, kind, name] = JSON.parse(line);
    if (sign === "+") registered[kind].add(name);
    else registered[kind].delete(name);
  })
  .on("close", async () => {
    for (const group of registered.group) send(group, "SIGKILL");
    for (let waited = 0; waited < DEADLINE_MS && anyLives(); waited += POLL_MS) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    for (const directory of registered.directory) remove(directory);
  });

/** One failure does not keep the others from being deleted. */
function remove(directory) {
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    console.error(`${directory} cannot be deleted: ${error.code}`);
  }
}

function anyLives() {
  return [...registered.group].some((group) => send(group, 0));
}

/** @returns whether the group still has a process */
function send(group, signal) {
  try {
    return process.kill(-Number(group), signal);
  } catch {
    return false;
  }
}
