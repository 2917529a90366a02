/** Parts of kafkajs 2.2.4 that it does not export, of each of which one method is replaced. */

/** Replaced by linear-headers.ts. */
declare module 'kafkajs/src/protocol/decoder' {
  export default class Decoder {
    constructor(buffer: Buffer);
    readVarInt(): number;
    readVarIntArray(reader: (decoder: Decoder) => unknown): unknown;
  }
}

/** Replaced by resting-queues.ts. */
declare module 'kafkajs/src/network/requestQueue' {
  export default class RequestQueue {
    constructor(options: {
      readonly maxInFlightRequests: number | null;
      readonly requestTimeout: number;
      readonly enforceRequestTimeout: boolean;
      readonly clientId: string;
      readonly broker: string;
      readonly logger: { debug(): void; warn(): void };
    });
    /** What waits for room, or for the end of a throttling. */
    readonly pending: readonly unknown[];
    /** Undefined or null: no look is due. */
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    push(request: {
      readonly entry: { readonly correlationId: number };
      readonly expectResponse: boolean;
      readonly sendRequest: () => void;
    }): void;
    maybeThrottle(ms: number): void;
    fulfillRequest(response: {
      readonly correlationId: number;
      readonly payload: null;
      readonly size: number;
    }): void;
    scheduleCheckPendingRequests(): void;
    destroy(): void;
  }
}
