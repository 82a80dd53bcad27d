/** S3's own error begins like this. Nothing else of a body is read, or logged: a proxy's may repeat what it likes. */
const ERROR_CODE = /^(?:<\?xml[^<>]{0,100}\?>)?\s*<Error>\s*<Code>([A-Za-z.]{1,64})<\/Code>/;

/** Returns the code of S3's own error; "" for any other body. */
export const s3ErrorCode = (body: string): string => ERROR_CODE.exec(body)?.[1] ?? "";

/** Returns the text of an element of S3's own error; "" without one. */
export function s3ErrorText(body: string, element: "Message" | "Region"): string {
  if (s3ErrorCode(body) === "") return "";
  const [, text = ""] = new RegExp(`<${element}>([^<]{1,2000})</${element}>`).exec(body) ?? [];
  return text.replaceAll("&quot;", '"').replaceAll("&apos;", "'").replaceAll("&amp;", "&");
}
