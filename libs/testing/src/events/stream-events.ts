/** One stream's events, before they get their envelope and their troubles. */
export interface EventSource {
  next(): {
    /** The record's key. */
    readonly key: string;
    readonly type: string;
    readonly body: Readonly<Record<string, unknown>>;
    /** A property of the body that holds text which people type. */
    readonly freeText: string;
  };
}
