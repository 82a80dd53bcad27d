/** The outputs of the archive, with their descriptions. */
export const archiveOutputs = {
  archiveBucket: "Name of the archive bucket.",
  archiveBucketArn: "ARN of the archive bucket.",
} as const;
