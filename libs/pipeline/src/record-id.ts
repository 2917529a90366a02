import type { Position } from './ports/source';

/** Where a record came from; with the source's epoch this names it for ever. */
export interface Coordinates {
  /** The column SOURCE: `kafka:orders.v1`, or `replay:kafka:orders.v1` for a row that replays one. */
  readonly source: string;
  readonly epoch: number;
  readonly partition: string;
  readonly position: Position;
}

/** `<source>/<epoch>/<partition>/<position>`, such as `kafka:orders.v1/1/3/12345`: what a person calls it. */
export function recordId({ source, epoch, partition, position }: Coordinates): string {
  return `${source}/${epoch}/${partition}/${position}`;
}
