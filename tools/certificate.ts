import { generateKeyPairSync, sign } from "node:crypto";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * A self-signed certificate with a key of its own, for a server on this machine that tests and benchmarks start.
 *
 * Source: RFC 5280, "4.1 Basic Certificate Fields", in the encoding of X.690 (DER).
 *
 * @param validTo @default tomorrow
 */
export function selfSigned(host: string, validTo = new Date(Date.now() + 86_400_000)): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const commonName = sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from(host)));
  const name = sequence(der(0x31, commonName));
  const signature = sequence(Buffer.from("06082a8648ce3d040302", "hex"));
  const address = host.split(".").map(Number);
  const isAddress = address.length === 4 && address.every(Number.isInteger);
  const altNames = sequence(isAddress ? der(0x87, Buffer.from(address)) : der(0x82, Buffer.from(host)));
  const content = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    signature,
    name,
    sequence(utcTime(new Date(0)), utcTime(validTo)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(sequence(Buffer.from("0603551d11", "hex"), der(0x04, altNames)))),
  );
  const signed = sequence(content, signature, der(0x03, Buffer.of(0), sign("sha256", content, privateKey)));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${signed.toString("base64")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);

function utcTime(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const long = [content.length >> 8, content.length & 0xff];
  const length = content.length < 0x80 ? [content.length] : [0x82, ...long];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}
