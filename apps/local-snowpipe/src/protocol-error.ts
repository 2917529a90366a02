/** A request that is refused, with the service's status and code. The message never quotes what was sent. */
export class ProtocolError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const staleContinuation = (): ProtocolError =>
  new ProtocolError(
    400,
    'STALE_CONTINUATION_TOKEN_SEQUENCER',
    'the continuation token is not the one that is due',
  );

export const fenced = (): ProtocolError =>
  new ProtocolError(
    409,
    'ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER',
    'another client has opened this channel',
  );

export const noSuchPipe = (): ProtocolError =>
  new ProtocolError(
    404,
    'ERR_PIPE_DOES_NOT_EXIST_OR_NOT_AUTHORIZED',
    'there is no such pipe: tables come from --ddl',
  );

export const nameTooLong = (): ProtocolError =>
  new ProtocolError(400, 'ERR_NAME_TOO_LONG', 'channel name and offset token are too long for a file name');
