/** A session of a real account, in which statements run one after another: what one of them sets holds for the next. */
export interface SqlSession {
  run(
    sql: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<{
    readonly columns: readonly string[];
    /** Every value as text. */
    readonly rows: readonly (readonly (string | null)[])[];
  }>;
}
