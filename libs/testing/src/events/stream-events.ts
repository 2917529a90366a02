/** One stream's events, before they get their envelope and their troubles. */
export interface EventSource {
  /** @param nowMs - epoch milliseconds, of what tells of a time that is to come */
  next(nowMs: number): {
    /** The record's key. */
    readonly key: string;
    readonly type: string;
    readonly body: Readonly<Record<string, unknown>>;
    /** Each puts a text where it does not belong, and returns the properties to write over the body's. */
    readonly oddPlaces: readonly ((text: string) => Readonly<Record<string, unknown>>)[];
  };
}
