/** A table of GOLD as a role sees it on the local target. */
export interface SecuredView {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  /** Roles that may read it; nobody else has it. */
  readonly readers: readonly string[];
  /**
   * A SELECT for DuckDB over the table that `{{ base }}` stands for, in a session with the macros `is_role_in_session(name)`,
   * `current_user()` and `current_account()`.
   */
  readonly select: string;
}
