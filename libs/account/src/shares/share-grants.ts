import { shareName, type DeclaredShare } from '@das/contracts';
import { SHARED, sharedViewName } from '@das/governance';
import type { Grantee, ObjectGrant } from '../account-model';

export function shareGrantee(share: DeclaredShare): Grantee {
  return { type: 'SHARE', name: shareName(share) };
}

/** What a share has: its view, and what leads to it. Nothing of GOLD, and no policy, has to be granted with it. */
export function shareGrants(share: DeclaredShare): readonly ObjectGrant[] {
  const to = shareGrantee(share);
  return [
    { privilege: 'USAGE', on: 'DATABASE', object: share.database, to },
    { privilege: 'USAGE', on: 'SCHEMA', object: `${share.database}.${SHARED}`, to },
    { privilege: 'SELECT', on: 'VIEW', object: sharedViewName(share), to },
  ];
}
