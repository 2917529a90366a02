import type { GeneratedFile } from '@das/contracts';
import type { DeclaredAccount } from '../account-model';
import { attachPolicy, createSetting, setProperties } from './object-statements';
import { keyVariable } from './profile';
import { script } from './script';
import { asText, settingsOf } from './settings-of';
import { literal, quoted, variable } from './sql-text';

/** How people and programs get in: from where, by what, for how long; who holds a service's role. */
export function peopleFiles(account: DeclaredAccount): readonly GeneratedFile[] {
  const { attachments, services, settings } = account;
  const ofUser = new Map(attachments.filter(({ to }) => to !== '').map((one) => [one.to, one]));
  return [
    script('account', 240, 'network', settingsOf(settings, ['NETWORK RULE', 'NETWORK POLICY'])),
    script('account', 250, 'people', [
      ...settingsOf(settings, ['PASSWORD POLICY', 'SESSION POLICY', 'AUTHENTICATION POLICY']),
      // What lets people in from where comes last: whoever is not let in any more has done the rest.
      ...attachments.filter(({ to }) => to === '').map((one) => asText(attachPolicy(one))),
    ]),
    script(
      'account',
      260,
      'services',
      settings.filter(({ kind }) => kind === 'USER').flatMap((user) => {
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
