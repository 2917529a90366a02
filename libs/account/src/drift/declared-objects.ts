import type { DeclaredAccount } from '../account-model';
import type { Profile } from '../declaration-schema';
import { filled } from '../variables';
import type { ObjectFact } from './object-facts';
import { proceduresOf } from './object-questions';

/** What is declared beside roles, grants and what protects columns; nothing is shared, and nobody gets in by a password. */
export function declaredObjects(account: DeclaredAccount, profile: Profile): readonly ObjectFact[] {
  const variables = account.variables[profile];
  return [
    ...account.settings.map((setting): ObjectFact => ({
      ...setting,
      is: 'setting',
      properties: Object.fromEntries(
        Object.entries(setting.properties).map(([name, value]) => [name, filled(value, variables)]),
      ),
    })),
    ...account.attachments.map((attachment): ObjectFact => ({ ...attachment, is: 'attached' })),
    ...proceduresOf(account).map((procedure): ObjectFact => ({
      ...procedure,
      is: 'procedure',
      rights: 'OWNER',
    })),
    ...[...account.expiry, account.breakGlass].flatMap(({ tasks }) =>
      tasks.map((task): ObjectFact => ({ ...task, is: 'task', runs: true, owner: '' })),
    ),
    ...account.mappings.flatMap(({ table, columns, rows, addedBy }) =>
      rows.map((row): ObjectFact => ({ is: 'mapping', table, columns, row, by: addedBy })),
    ),
    ...account.policies.tagMasks.map((mask): ObjectFact => ({ ...mask, is: 'tag mask' })),
  ];
}
