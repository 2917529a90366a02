import { Failure } from '@das/pipeline';

/** @param what - of the file, without anything that stands in it */
export function ringFailure(
  what: string,
  {
    cure = 'das keys make makes what is missing; docs/phi.md describes the file',
    cause,
  }: { cure?: string; cause?: unknown } = {},
): Failure {
  return new Failure('setup', 'key_file', `the key file named by PHI_KEY_FILE ${what}`, { cure, cause });
}
