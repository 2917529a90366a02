import type { GeneratedFile } from '@das/contracts';
import type { DeclaredAccount } from '../account-model';
import type { Setting, SettingKind } from '../account-objects';
import { attachPolicy, createSetting, setProperties } from './object-statements';
import { keyVariable } from './profile';
import { script } from './script';
import { literal, quoted, variable } from './sql-text';

/** How people and programs get in: from where, by what, for how long; who holds a service's role. */
export function peopleFiles(account: DeclaredAccount): readonly GeneratedFile[] {
  const { attachments, services } = account;
  const ofUser = new Map(attachments.filter(({ to }) => to !== '').map((one) => [one.to, one]));
  return [
    script('account', 240, 'network', statementsFor(account, ['NETWORK RULE', 'NETWORK POLICY'])),
    script('account', 250, 'people', [
      ...statementsFor(account, ['PASSWORD POLICY', 'SESSION POLICY', 'AUTHENTICATION POLICY']),
      // What lets people in from where comes last: whoever is not let in any more has done the rest.
      ...attachments.filter(({ to }) => to === '').map((one) => asText(attachPolicy(one))),
    ]),
    script(
      'account',
      260,
      'services',
      account.settings.filter(({ kind }) => kind === 'USER').flatMap((user) => {
        const { TYPE = '', ...others } = user.properties;
        const attached = ofUser.get(user.name);
        return [
          createSetting({ ...user, properties: { TYPE } }),
          setProperties(user, { ...others, RSA_PUBLIC_KEY: literal(variable(keyVariable(user.name))) }),
          ...(attached === undefined ? [] : [attachPolicy(attached)]),
          `GRANT ROLE ${quoted(services[user.name]?.role ?? '')} TO USER ${quoted(user.name)}`,
        ];
      }),
    ),
  ];
}

/** Makes objects of these kinds, or sets those that are there already. */
function statementsFor({ settings }: DeclaredAccount, kinds: readonly SettingKind[]): readonly string[] {
  return settings
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap((setting: Setting) => [
      asText(createSetting(setting)),
      asText(setProperties(setting, setting.properties)),
    ]);
}

/** sqlfluff has no grammar for most of these statements. */
function asText(statement: string): string {
  return `EXECUTE IMMEDIATE $$${statement}$$`;
}
