/** What a Parquet file's name says: rows and offset token become durable in one rename. */
export interface CommitName {
  readonly channel: string;
  /** Grows when a channel is dropped and made again. */
  readonly incarnation: number;
  /** Grows with every commit of the incarnation. */
  readonly sequence: number;
  readonly token: string;
}

/** The longest file name that common file systems take. */
const MAX_BYTES = 255;
const EXTENSION = '.parquet';

export function formatCommitName({ channel, incarnation, sequence, token }: CommitName): string {
  return `${escape(channel)}.${incarnation}-${sequence}.${escape(token)}${EXTENSION}`;
}

/** @returns undefined for a name that this server did not give */
export function parseCommitName(name: string): CommitName | undefined {
  const match = /^([^.]+)\.(\d+)-(\d+)\.([^.]*)\.parquet$/.exec(name);
  if (match === null) return undefined;
  const [, channel = '', incarnation, sequence, token = ''] = match;
  return {
    channel: decodeURIComponent(channel),
    incarnation: Number(incarnation),
    sequence: Number(sequence),
    token: decodeURIComponent(token),
  };
}

/** Whether a commit of this channel and token can be named at all. */
export function fitsFileName(channel: string, token: string): boolean {
  const longest = formatCommitName({ channel, incarnation: 999_999, sequence: 999_999_999_999, token });
  return Buffer.byteLength(longest) <= MAX_BYTES;
}

/** Only letters, digits, `_`, `-` and `~` stay as they are. */
export function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[.!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
