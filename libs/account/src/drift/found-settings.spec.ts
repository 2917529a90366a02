import type { Setting } from '../account-objects';
import { foundProperties } from './found-settings';
import { ASK_OBJECTS } from './object-questions';
import type { SnapshotRow } from './snapshot';

/** Answers by hand, after the columns and examples of Snowflake's documentation. */
function told(
  kind: Setting['kind'],
  properties: readonly string[],
  rows: readonly SnapshotRow[],
  form = '()',
) {
  const setting: Setting = {
    kind,
    name: kind === 'RESOURCE MONITOR' ? 'M' : 'DB.OPS.X',
    fixed: '',
    properties: Object.fromEntries(properties.map((property) => [property, form])),
  };
  const asked =
    kind === 'RESOURCE MONITOR' ? ASK_OBJECTS.settings(kind, 'M') : ASK_OBJECTS.described(kind, 'DB.OPS.X');
  return foundProperties(setting, { [asked]: [...rows] });
}

it('reads the rules of a network policy by their names, and addresses that it lets in besides', () => {
  const rows = [
    {
      name: 'ALLOWED_NETWORK_RULE_LIST',
      value: '[{"fullyQualifiedRuleName":"DB.OPS.B"},{"fullyQualifiedRuleName":"DB.OPS.A"}]',
    },
    { name: 'ALLOWED_IP_LIST', value: '0.0.0.0/0,10.0.0.1' },
  ];
  expect(told('NETWORK POLICY', ['ALLOWED_NETWORK_RULE_LIST', 'ALLOWED_IP_LIST'], rows)).toEqual({
    ALLOWED_NETWORK_RULE_LIST: "('DB.OPS.A', 'DB.OPS.B')",
    ALLOWED_IP_LIST: "('0.0.0.0/0', '10.0.0.1')",
  });
  expect(told('NETWORK POLICY', ['ALLOWED_IP_LIST'], rows.slice(0, 1))).toEqual({ ALLOWED_IP_LIST: '()' });
});

it('reads properties in rows, in columns, and of users', () => {
  const methods = [{ property: 'AUTHENTICATION_METHODS', value: '[SAML, PASSWORD]', default: '[ALL]' }];
  expect(told('AUTHENTICATION POLICY', ['AUTHENTICATION_METHODS'], methods)).toEqual({
    AUTHENTICATION_METHODS: "('PASSWORD', 'SAML')",
  });
  const session = [{ name: 'X', session_idle_timeout_mins: 30, allowed_secondary_roles: '["ALL"]' }];
  expect(told('SESSION POLICY', ['SESSION_IDLE_TIMEOUT_MINS'], session, '1')).toEqual({
    SESSION_IDLE_TIMEOUT_MINS: '30',
  });
  expect(told('SESSION POLICY', ['ALLOWED_SECONDARY_ROLES'], session)).toEqual({
    ALLOWED_SECONDARY_ROLES: "('ALL')",
  });
  const user = [{ property: 'DEFAULT_ROLE', property_type: 'String', property_value: 'A' }];
  expect(told('USER', ['DEFAULT_ROLE', 'TYPE'], user, "''")).toEqual({
    DEFAULT_ROLE: "'A'",
    TYPE: 'nothing',
  });
});

it('reads what a monitor stops at, and nothing where it stops at nothing', () => {
  const all = ['CREDIT_QUOTA', 'FREQUENCY', 'TRIGGERS'];
  const row = {
    name: 'M',
    credit_quota: '60.00',
    frequency: 'MONTHLY',
    notify_at: '75%,80%',
    suspend_at: '90%',
  };
  expect(told('RESOURCE MONITOR', all, [row])).toEqual({
    CREDIT_QUOTA: '60',
    FREQUENCY: 'MONTHLY START_TIMESTAMP = IMMEDIATELY',
    TRIGGERS: 'ON 75 PERCENT DO NOTIFY ON 80 PERCENT DO NOTIFY ON 90 PERCENT DO SUSPEND',
  });
  expect(told('RESOURCE MONITOR', all, [{ name: 'M', credit_quota: null, frequency: 'NEVER' }])).toEqual({
    CREDIT_QUOTA: 'nothing',
    FREQUENCY: 'NEVER START_TIMESTAMP = IMMEDIATELY',
    TRIGGERS: '',
  });
});
