import { createHash } from "node:crypto";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

const MAGIC = Buffer.from("f3899ac2", "hex");

/** Packs user records as the Kinesis Producer Library does. Source: its "KPL Aggregated Record Format". */
export function aggregated(userRecords: readonly Uint8Array[]): Buffer {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).string("partition key");
  for (const data of userRecords) {
    writer.tag(3, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.Varint).uint64(0).tag(3, WireType.LengthDelimited).bytes(data);
    writer.join();
  }
  const message = writer.finish();
  return Buffer.concat([MAGIC, message, createHash("md5").update(message).digest()]);
}
