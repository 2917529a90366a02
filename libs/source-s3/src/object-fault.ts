import { Failure } from '@das/pipeline';

/** The object itself is at fault: trying again helps only if it was our mistake, so it is tried a few times. */
export function objectFault(code: string, what: string, cause?: unknown): Failure {
  return new Failure('data', code, what, {
    cure: 'put a sound object in its place, which is read as a new one (docs/runbooks/object-unreadable.md)',
    cause,
  });
}

/** The object was deleted, or its key holds another content now. */
export class ObjectGone extends Failure {
  constructor(cause?: unknown) {
    super('data', 'object_gone', 'the object was deleted or overwritten', { cause });
    this.name = 'ObjectGone';
  }
}
