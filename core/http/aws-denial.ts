const ARN = String.raw`arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w+=,.@/:*-]+`;

/**
 * Source: AWS IAM User Guide "Troubleshoot access denied error messages". The user, the action and the resource are the
 * sender's own.
 */
const NOT_AUTHORIZED = new RegExp(
  `^User: (anonymous|${ARN}) is not authorized to perform: [a-z0-9-]+:[A-Za-z]+( on resource: "?${ARN}"?)?` +
    "( because no [a-z ()-]+ policy allows the [a-z0-9-]+:[A-Za-z]+ action| with an explicit deny in an? [a-z ()-]+ policy)?\\.?$",
);

/** Source: AWS IAM User Guide "Troubleshoot Signature Version 4 signing for AWS API requests". */
const SIGNATURE = [
  /^The security token included in the request is (expired|invalid)\.?$/,
  /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\.$/,
  /^Signature (expired: \d{8}T\d{6}Z is now earlier than|not yet current: \d{8}T\d{6}Z is still later than) \d{8}T\d{6}Z \(\d{8}T\d{6}Z [+-] \d{1,3} min\.\)$/,
];

const MAX_LENGTH = 1000;

/**
 * Returns the message of a denial if it is one that AWS itself writes, letter for letter; "" for any other text, which may
 * repeat the request.
 */
export function awsDenial(message: unknown): string {
  if (typeof message !== "string") return "";
  // After the first line AWS repeats the canonical request, with the session's token.
  const [line = ""] = message.split("\n", 1);
  return line.length <= MAX_LENGTH && [NOT_AUTHORIZED, ...SIGNATURE].some((whole) => whole.test(line)) ? line : "";
}
