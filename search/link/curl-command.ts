import { harmlessJson } from "../../tools/text/one-line";
import { shellQuote } from "../../tools/text/shell-quote";
import { type Login, signedRegion } from "../../tools/usage/login";

/** Of curl, by login: secrets stay in the environment, and the shell puts them in. */
const loginOptions = (region: string): Record<Login["by"], readonly string[]> => ({
  aws: [
    `--aws-sigv4 "aws:amz:${region}:es" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`,
    // An empty header would be signed and not sent. In one word, which zsh does not split.
    `\${AWS_SESSION_TOKEN:+-H"x-amz-security-token: $AWS_SESSION_TOKEN"}`,
  ],
  basic: [`--user "$SEARCH_USER:$SEARCH_PASSWORD"`],
  "api-key": [`-H "Authorization: ApiKey $SEARCH_API_KEY"`],
  none: [],
});

/**
 * Returns the command that sends searches, for sh, bash and zsh.
 *
 * By `_msearch`, which has the indices in its body: curl does not encode a `*` in the path as AWS does when it signs (seen with 7.88.1).
 *
 * @param indices names or patterns of indices, separated by commas
 */
export function curlCommand(endpoint: string, indices: string, bodies: readonly object[], login: Login): string {
  const lines = bodies
    .flatMap((body) => [{ index: indices.split(",") }, body])
    .map((line) => shellQuote(harmlessJson(line)));
  return [
    `printf '%s\\n' ${lines[0]}`,
    ...lines.slice(1),
    `| curl -sS ${shellQuote(`${endpoint}/_msearch?pretty=true`)}`,
    ...loginOptions(signedRegion(endpoint, login) ?? "$AWS_REGION")[login.by],
    "-H 'Content-Type: application/x-ndjson' --data-binary @-",
  ].join(" \\\n    ");
}
