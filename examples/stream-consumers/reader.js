const { gunzipSync } = require("node:zlib");

/**
 * Counts errors by log group, each once for an invocation.
 *
 * Nothing of the events is logged: if this function's log group went into the stream that it reads, each line would bring another one.
 */
exports.handler = async function handler({ Records }) {
  const errors = new Map();
  for (const { id, logGroup, message } of Records.flatMap(({ kinesis }) =>
    eventsOf(Buffer.from(kinesis.data, "base64")),
  )) {
    if (/\b(ERROR|FATAL)\b/.test(message)) errors.set(id, logGroup);
  }
  const counts = {};
  for (const logGroup of errors.values()) counts[logGroup] = (counts[logGroup] ?? 0) + 1;
  if (errors.size > 0) console.log(JSON.stringify({ errors: counts }));
  return counts;
};

/** The events of a record of CloudWatch Logs; none of what applications write to the stream themselves, which has another form. */
function eventsOf(data) {
  // Of gzip.
  if (data[0] !== 0x1f || data[1] !== 0x8b) return [];
  const { messageType, owner, logGroup, logStream, logEvents } = JSON.parse(gunzipSync(data));
  // A control message tests whether the stream can be reached.
  if (messageType !== "DATA_MESSAGE") return [];
  return logEvents.map(({ id, timestamp, message }) => ({ id, timestamp, message, owner, logGroup, logStream }));
}
