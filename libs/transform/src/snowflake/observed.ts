/** A task that fills SILVER. */
export interface ObservedTask {
  /** `DB.SCHEMA.TASK`. */
  readonly name: string;
  /** Of its last run: SUCCEEDED, FAILED, SKIPPED, …; null where it has not run in the time that was looked at. */
  readonly state: string | null;
  readonly lastRunAt: string | null;
  readonly seconds: number | null;
  readonly runs: number;
  readonly failures: number;
  /** Snowflake's number for why the last run failed; its message may quote rows. */
  readonly errorCode: string | null;
}

/** A dynamic table of GOLD. */
export interface ObservedDynamicTable {
  readonly name: string;
  /** ACTIVE or SUSPENDED. */
  readonly scheduling: string | null;
  /** Of its last refresh. */
  readonly state: string | null;
  readonly lastRefreshAt: string | null;
  readonly action: string | null;
  readonly lagSeconds: number | null;
  readonly targetLagSeconds: number | null;
  /** Rows that the last refresh put in, and took out. */
  readonly rowsInserted: number | null;
  readonly rowsDeleted: number | null;
  readonly refreshes: number;
  readonly failures: number;
}
