/** The outputs of the queries by Athena, with their descriptions. */
export const archiveQueriesOutputs = {
  databaseName: "Name of the Glue database, which has the table `archived` and the view `events`.",
  workgroupName: "Name of Athena's workgroup.",
  workgroupArn: "ARN of Athena's workgroup.",
  resultsUri: "URI of the results.",
  readerPolicy:
    "What a role needs that asks the archive by this workgroup, as a policy in JSON. Who has it reads the whole archive.",
} as const;
