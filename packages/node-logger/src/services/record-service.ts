/** What a service takes in one call. */
export interface ServiceLimits {
  /** Maximum number of records. */
  records: number;
  /** Maximum size of all records with their keys, in bytes. */
  callBytes: number;
}

/** What went wrong with a call, or with one of its records. */
export interface ServiceFailure {
  /** The service's or the SDK's name of it, such as `ProvisionedThroughputExceededException`. */
  code: string;
  message: string;
  /** Status of the response; undefined if none came. */
  status?: number | undefined;
}

/** A service that takes records. */
export interface RecordService {
  /** For people, e.g. `Kinesis stream "app"`. */
  readonly name: string;
  readonly limits: ServiceLimits;
  /**
   * Puts records once, without retrying.
   *
   * @returns for each record why the service has not taken it; undefined if it has
   * @throws whatever the SDK throws, if the service has taken none or nobody knows
   */
  put(records: readonly Uint8Array[], signal: AbortSignal): Promise<(ServiceFailure | undefined)[]>;
}
