import type { KinesisClient } from "@aws-sdk/client-kinesis";

/**
 * A client of Kinesis that keeps lines in memory.
 *
 * @param answer awaited before each call is answered
 */
export function memoryClient(answer: () => Promise<void> = async () => {}) {
  const lines: Record<string, unknown>[] = [];
  const client = {
    send: async ({ input }: { input: { Records: { Data: Buffer }[] } }) => {
      await answer();
      const texts = input.Records.map(({ Data }) => Buffer.from(Data).toString().trimEnd().split("\n"));
      lines.push(...texts.flat().map((line) => JSON.parse(line)));
      return { Records: input.Records.map(() => ({ SequenceNumber: "1" })) };
    },
  } as unknown as KinesisClient;
  return { lines, client };
}
