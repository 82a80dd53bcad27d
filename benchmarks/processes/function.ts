import { readBatch } from "../corpus/batches";
import { lambdaUsd } from "../measure/lambda";
import { peakMib } from "../measure/peak-memory";
import { beyond, inRounds, median, ratio, roundsFor, warm } from "../measure/rounds";
import { sendRow } from "../report/table";
import { loadForwarder } from "../subjects/built-forwarder";
import { core } from "../subjects/core";
import { environmentWith, startSink } from "../subjects/local-sink";
import { bareClient, compressionRatio, requestsOf } from "../subjects/requests";

/** CPU milliseconds of the whole function in all rounds of a case. */
const BUDGET_MS = 1500;

const [bundle, file, name] = process.argv.slice(2) as [string, string, string];

async function main(): Promise<void> {
  const { event, events, messageBytes } = readBatch(file);
  const sink = await startSink();
  const environment = environmentWith(sink);
  const plain = loadForwarder(bundle, environment);
  const whole = () => plain(event);
  const wholeMs = await warm(whole);
  // Before anything but the function takes memory.
  const peak = peakMib();
  const overTls = loadForwarder(bundle, environmentWith({ origin: sink.tlsOrigin }));
  const tls = () => overTls(event);
  // The last one: its variables stay.
  const compressing = loadForwarder(bundle, {
    ...environmentWith({ origin: sink.tlsOrigin }),
    COMPRESS_REQUESTS: "on",
  });
  const gzip = () => compressing(event);
  const requests = requestsOf(event, environment.ARCHIVE_BUCKET);
  const sendBare = bareClient(sink.origin);
  await warm(tls);
  await warm(gzip);
  await warm(() => core(event));
  await warm(() => sendBare(requests));
  const ways = { core: () => core(event), requests: () => sendBare(requests), whole, tls, gzip };
  const rounds = await inRounds(ways, roundsFor(wholeMs, BUDGET_MS));
  sink.stop();
  const ms = median(rounds.whole);
  const msPerMillion = (median(rounds.tls) / events) * 1e6;
  sendRow({
    batch: name,
    "ms CPU": ms,
    "× core": ratio(rounds, "whole", "core"),
    "core, ms": median(rounds.core),
    "requests, ms": median(rounds.requests),
    "beyond requests, ms": beyond(rounds, "whole", "requests"),
    "events/s": Math.round((events / ms) * 1000),
    "MB/s": messageBytes / ms / 1000,
    "TLS, ms": median(rounds.tls),
    "TLS, × plain": ratio(rounds, "tls", "whole"),
    "gzip, × TLS": ratio(rounds, "gzip", "tls"),
    "gzip, bytes ÷": await compressionRatio(requests),
    "ms/M": Math.round(msPerMillion),
    "USD/M": lambdaUsd(msPerMillion).toPrecision(2),
    "peak MiB": Math.round(peak),
  });
}

void main();
