/** Undici's codes, and Node.js's for the same failure. Undici's errors have Node.js's own codes otherwise. */
const NODE_CODES: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: "ETIMEDOUT",
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "ECONNRESET",
  UND_ERR_HEADERS_OVERFLOW: "HPE_HEADER_OVERFLOW",
};

/** Returns `error` with the code that node:http gives the same failure, so that rules need not know undici. */
export function withNodeCode(error: NodeJS.ErrnoException): Error {
  const code = error.name === "HTTPParserError" ? parserCode(error) : NODE_CODES[error.code ?? ""];
  return code === undefined ? error : Object.assign(new Error(error.message, { cause: error }), { code });
}

/** Undici has its parser's reason only in the message. Node.js reports a response that breaks off as a reset. */
function parserCode({ message }: Error): string {
  return message.includes("Invalid EOF state") ? "ECONNRESET" : "HPE_INVALID_RESPONSE";
}
