/** How to reach a topic. */
export interface KafkaSourceOptions {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly groupId: string;
  readonly clientId: string;
  readonly topic: string;
  /**
   * `true`: the system's authorities; `ca`: PEM of the authority that signed the brokers' certificates. A
   * function is asked at each connection.
   */
  readonly ssl?: true | { readonly ca: string | (() => string) };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  /** After so long without a heartbeat the broker gives the partitions to others (default 30 s). */
  readonly sessionTimeoutMs?: number;
  /** A partition that is added is found after so long (default 10 s). */
  readonly metadataMaxAgeMs?: number;
  /** Between tries to come back after a failure that kafkajs does not retry by itself (default 5 s). */
  readonly restartMs?: number;
}
