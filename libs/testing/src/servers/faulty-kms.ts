import type { IncomingMessage } from 'node:http';
import { AwsFront } from './aws-front';

/** KMS's own errors, which moto does not make of itself: all of them are HTTP 400. */
export type KmsFault = 'DisabledException' | 'ThrottlingException' | 'AccessDeniedException';

/** Passes requests on to a KMS, or fails them as it is told to; it can be away. */
export class FaultyKms extends AwsFront {
  private faults: KmsFault[] = [];
  private lasting: KmsFault | undefined;
  /** Requests that came, by operation. */
  readonly requests: string[] = [];

  /** The next requests fail so, one each. */
  failNext(...faults: readonly KmsFault[]): void {
    this.faults.push(...faults);
  }

  /** Every request fails so, until it is told otherwise. */
  failAll(fault: KmsFault | undefined): void {
    this.lasting = fault;
  }

  protected async answer(
    request: IncomingMessage,
    operation: string,
    body: Buffer,
  ): Promise<string | Response> {
    this.requests.push(operation);
    return this.lasting ?? this.faults.shift() ?? this.forward(request, body);
  }
}
