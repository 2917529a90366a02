import { breaks, fits, NO_CHANGE, rewritten, type Pair } from './pair';

const ROLES = 'roles.yaml';
const MASKING = 'policies/masking.yaml';
const ROWS = 'policies/row-access.yaml';
const CONSTRAINTS = 'policies/constraints.yaml';
const ACCOUNT = 'account.yaml';

/** Roles, policies and the account: what decides beside the contracts. */
export const ACCESS_PAIRS: readonly Pair[] = [
  breaks('a role sees one more region', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.add(['roles', 'ANALYST_EMEA', 'regions'], 'NA'),
  ),
  breaks('a role sees every region', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'ANALYST_EMEA', 'regions'], ['*']),
  ),
  breaks('a role of no region has one', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'COMPLIANCE_AUDITOR', 'regions'], ['NA']),
  ),
  breaks('a role has one more purpose', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'ANALYST_COMMERCE', 'purposes'], ['marketing']),
  ),
  breaks('a role reads one more tier', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.add(['roles', 'DOMAIN_STEWARD_COMMERCE', 'tiers'], 'BRONZE'),
  ),
  breaks('a role is of one more domain', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.add(['roles', 'DOMAIN_STEWARD_COMMERCE', 'domains'], 'brook_health'),
  ),
  breaks('a role is of every domain', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.drop(['roles', 'DOMAIN_STEWARD_COMMERCE', 'domains']),
  ),
  breaks('a role keeps one more mapping', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.add(['roles', 'REGION_ADMIN', 'writes'], 'SHARE_ACCESS'),
  ),
  breaks('a role sees one more view of the account', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.add(['roles', 'OPS_MONITOR', 'account'], 'SECURITY_VIEWER'),
  ),
  breaks('a role sees everything', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'DATA_API', 'sees'], 'everything'),
  ),
  breaks('an emergency lasts longer', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'BREAK_GLASS', 'lasts'], 'P1D'),
  ),
  breaks('an emergency lasts for ever', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.drop(['roles', 'BREAK_GLASS', 'lasts']),
  ),
  breaks('a role is of another kind', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'BREAK_GLASS', 'kind'], 'functional'),
  ),
  breaks('a new role', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'INTERN'], { kind: 'functional', description: 'Learns.' }),
  ),
  breaks('a role appends to another stream', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'COLLECTOR_AUTH_EVENTS_V1', 'collects'], 'orders_events_v1'),
  ),
  breaks('a role replays', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'OPS_MONITOR', 'replays'], true),
  ),
  breaks('somebody else approves for security', 'GOVERNANCE_APPROVER_ADDED', ROLES, (f) =>
    f.add(['security'], 'intern@brook.example'),
  ),
  breaks('one who approves for security less', 'GOVERNANCE_APPROVER_REMOVED', ROLES, (f) =>
    f.drop(['security', 1]),
  ),
  breaks('one region for another', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'ANALYST_EMEA', 'regions'], ['APAC']),
  ),
  breaks('a key of a role that nobody knows', 'GOVERNANCE_ACCESS_WIDENED', ROLES, (f) =>
    f.set(['roles', 'ANALYST_EMEA', 'trusted'], true),
  ),
  fits('a role sees one region instead of all', 'GOVERNANCE_ACCESS_NARROWED', ROLES, (f) =>
    f.set(['roles', 'DATA_SCI_COMMERCE', 'regions'], ['EMEA']),
  ),
  fits('a role is gone from the book', 'GOVERNANCE_ACCESS_NARROWED', ROLES, (f) =>
    f.drop(['roles', 'ANALYST_HEALTH']),
  ),
  fits('a role reads one tier less', 'GOVERNANCE_ACCESS_NARROWED', ROLES, (f) =>
    f.set(['roles', 'OPS_MONITOR', 'tiers'], ['OPS']),
  ),
  fits('a role is of one domain only', 'GOVERNANCE_ACCESS_NARROWED', ROLES, (f) =>
    f.set(['roles', 'OPS_MONITOR', 'domains'], ['brook_commerce']),
  ),
  fits('an emergency is shorter', 'GOVERNANCE_ACCESS_NARROWED', ROLES, (f) =>
    f.set(['roles', 'BREAK_GLASS', 'lasts'], 'PT1H'),
  ),
  fits('an emergency is as long in minutes', NO_CHANGE, ROLES, (f) =>
    f.set(['roles', 'BREAK_GLASS', 'lasts'], 'PT240M'),
  ),
  fits('a role replays no more', 'GOVERNANCE_ACCESS_NARROWED', ROLES, (f) =>
    f.drop(['roles', 'REPLAYER', 'replays']),
  ),
  fits('a role appends to no stream', 'GOVERNANCE_ACCESS_NARROWED', ROLES, (f) =>
    f.drop(['roles', 'COLLECTOR_AUTH_EVENTS_V1', 'collects']),
  ),
  fits('a role is described otherwise', 'CONSUMER_TEXT_CHANGED', ROLES, (f) =>
    f.set(['roles', 'DATA_API', 'description'], 'Serves.'),
  ),
  fits('tiers in another order', NO_CHANGE, ROLES, (f) =>
    f.set(['roles', 'TRANSFORMER', 'tiers'], ['OPS', 'GOLD', 'SILVER', 'BRONZE']),
  ),
  fits('no purposes is what was meant', NO_CHANGE, ROLES, (f) =>
    f.set(['roles', 'DATA_API', 'purposes'], []),
  ),

  breaks('a form shows more', 'GOVERNANCE_POLICY_CHANGED', MASKING, (f) =>
    f.set(['forms', 'domain', 'types', 'VARCHAR'], '{value}'),
  ),
  breaks('a form knows one more type', 'GOVERNANCE_POLICY_CHANGED', MASKING, (f) =>
    f.set(['forms', 'year', 'types', 'TIMESTAMP_NTZ'], "date_trunc('month', {value})"),
  ),
  breaks('nothing shows something', 'GOVERNANCE_POLICY_CHANGED', MASKING, (f) =>
    f.set(['forms', 'nothing', 'types', 'VARCHAR'], 'left({value}, 1)'),
  ),
  breaks('a form is gone', 'GOVERNANCE_POLICY_CHANGED', MASKING, (f) => f.drop(['forms', 'initials'])),
  breaks('a form differs on one of the two', 'GOVERNANCE_POLICY_CHANGED', MASKING, (f) =>
    f.set(['forms', 'last2', 'types', 'VARCHAR', 'snowflake'], '{value}'),
  ),
  fits('a form is described otherwise', 'CONSUMER_TEXT_CHANGED', MASKING, (f) =>
    f.set(['forms', 'year', 'description'], 'The year alone.'),
  ),
  breaks('a new form', 'GOVERNANCE_POLICY_ADDED', MASKING, (f) =>
    f.set(['forms', 'month'], { description: 'The month.', types: { DATE: "date_trunc('month', {value})" } }),
  ),
  breaks('a condition lets more rows through', 'GOVERNANCE_POLICY_CHANGED', ROWS, (f) =>
    f.set(['policies', 'region', 'condition'], 'true'),
  ),
  breaks('who did not consent is seen', 'GOVERNANCE_POLICY_CHANGED', ROWS, (f) =>
    f.set(
      ['policies', 'purpose', 'condition'],
      String(f.get(['policies', 'purpose', 'condition'])).replace('false', 'true'),
    ),
  ),
  breaks('a policy of rows is gone', 'GOVERNANCE_POLICY_CHANGED', ROWS, (f) =>
    f.drop(['policies', 'care_team']),
  ),
  breaks('a mapping is gone', 'GOVERNANCE_POLICY_CHANGED', ROWS, (f) =>
    f.drop(['mappings', 'PURPOSE_ACCESS']),
  ),
  breaks('a mapping is filled from elsewhere', 'GOVERNANCE_POLICY_CHANGED', ROWS, (f) =>
    f.set(['mappings', 'REGION_ACCESS', 'from'], 'purposes'),
  ),
  breaks('policies are no longer a mapping', 'GOVERNANCE_POLICY_CHANGED', ROWS, (f) =>
    f.set(['policies'], ['region']),
  ),
  fits('a policy of rows is described otherwise', 'CONSUMER_TEXT_CHANGED', ROWS, (f) =>
    f.set(['policies', 'region', 'description'], 'By region.'),
  ),
  breaks('small groups are seen', 'GOVERNANCE_POLICY_CHANGED', CONSTRAINTS, (f) =>
    f.set(['aggregation', 'small_cells', 'minimum'], 2),
  ),
  fits('a condition broken at other places', NO_CHANGE, ROWS, (f) =>
    f.set(['policies', 'care_team', 'condition'], f.get(['policies', 'care_team', 'condition'])),
  ),

  breaks('the session is idle for longer', 'GOVERNANCE_ACCOUNT_CHANGED', ACCOUNT, (f) =>
    f.set(['people', 'idleMinutes', 'production'], 480),
  ),
  breaks('a password may be shorter', 'GOVERNANCE_ACCOUNT_CHANGED', ACCOUNT, (f) =>
    f.set(['people', 'passwordMinLength'], 8),
  ),
  breaks('somebody else lets people break the glass', 'GOVERNANCE_ACCOUNT_CHANGED', ACCOUNT, (f) =>
    f.set(['breakGlass', 'givenBy'], 'DATA_API'),
  ),
  rewritten(
    { id: 'the roles are gone', breaking: true, rule: 'GOVERNANCE_POLICY_CHANGED' },
    ROLES,
    (text) => ({ base: text, head: undefined }),
  ),
];
