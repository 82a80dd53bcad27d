/** What an archive tells when it is there. */
export const archiveOutputs = {
  archiveBucket: "Name of the archive bucket.",
  archiveBucketArn: "ARN of the archive bucket.",
} as const;
