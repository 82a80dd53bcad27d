// A program of its own: prints which step of its shutdown a signal takes.
import { onSignals } from "../../../tools/shutdown/on-signals";

onSignals(
  ["SIGINT", "SIGTERM"],
  [(signal) => console.log(`first: ${signal}`), (signal) => console.log(`second: ${signal}`)],
);
setInterval(() => {}, 1_000);
console.log("ready");
