/** Undici's codes, and Node.js's for the same failure. Undici passes all other codes on as Node.js gives them. */
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

/** Undici's error has what its parser says in the message only. Node.js calls a response that breaks off a reset. */
function parserCode({ message }: Error): string {
  return message.includes("Invalid EOF state") ? "ECONNRESET" : "HPE_INVALID_RESPONSE";
}
