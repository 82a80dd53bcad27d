import type { Expression } from "../terraform/expression";
import { hcl } from "../terraform/expression";
import { constantPart, type ObjectPlace } from "./context";
import { COMPRESSIONS } from "./inputs/objects";

export interface ObjectBuffering {
  readonly intervalSeconds: Expression;
  readonly sizeMib: Expression;
  readonly compression: Expression;
}

/** How a delivery stream writes objects, as arguments that all destinations share. */
export const objectsConfiguration = (place: ObjectPlace, buffering: ObjectBuffering, roleArn: string) => ({
  roleArn,
  bucketArn: place.bucketArn,
  prefix: place.prefix.string,
  errorOutputPrefix: place.errorOutputPrefix.string,
  bufferingInterval: buffering.intervalSeconds.number,
  bufferingSize: buffering.sizeMib.number,
  compressionFormat: hcl`${COMPRESSIONS}[${buffering.compression}]`.string,
  kmsKeyArn: place.kmsKeyArn.string,
});

/** Where to look for objects: `s3://bucket/raw/`, without what changes with time. */
export const objectsUri = (bucket: Expression, prefix: Expression): Expression =>
  hcl`join("", ["s3://", ${bucket}, "/", ${constantPart(prefix)}])`;
