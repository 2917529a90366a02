import type { GeneratedFile } from '@das/contracts';
import type { DeclaredAccount } from '../account-model';
import type { Routines } from '../account-objects';
import { breakGlassTables } from '../routines/break-glass';
import { makeProcedure, makeTask } from './object-statements';
import { script } from './script';
import { settingsOf } from './settings-of';

/** What the account does by itself: rows expire; the emergency role is given, taken back, and told of. */
export function routineFiles({ expiry, emergency, breakGlass, settings }: DeclaredAccount): readonly GeneratedFile[] {
  return [
    ...expiry.map((one) =>
      script('account', 700, `${one.domain}_expiry`, [...one.policies, ...routineStatements(one)]),
    ),
    script('account', 710, 'break_glass', [
      ...breakGlassTables(emergency),
      ...settingsOf(settings, ['NOTIFICATION INTEGRATION']),
      ...routineStatements(breakGlass),
    ]),
  ];
}

function routineStatements({ procedures, tasks }: Routines): readonly string[] {
  return [...procedures.map(makeProcedure), ...tasks.flatMap(makeTask)];
}
