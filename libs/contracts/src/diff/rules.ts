/** What a change weakens, and for whom. */
export const CATEGORIES = ['CONSUMER', 'STORAGE', 'GOVERNANCE', 'SLO', 'COST'] as const;
export type Category = (typeof CATEGORIES)[number];
export type Bump = 'major' | 'minor' | 'patch';

export interface Rule {
  readonly breaking: boolean;
  /** The version that a contract needs that has such a change. */
  readonly bump: Bump;
  /** What was found, and why it matters. */
  readonly means: string;
}

const breaks = (means: string): Rule => ({ breaking: true, bump: 'major', means });
const adds = (means: string): Rule => ({ breaking: false, bump: 'minor', means });
const corrects = (means: string): Rule => ({ breaking: false, bump: 'patch', means });

/** Every rule by its id, which never changes its meaning: the part before the first underscore is its category. */
export const RULES = {
  CONSUMER_CONTRACT_REMOVED: breaks('A contract is gone, and what it promised with it.'),
  CONSUMER_CONTRACT_ADDED: adds('A new contract.'),
  CONSUMER_CONTRACT_UNREADABLE: breaks(
    'A contract cannot be read, so that nothing can be said of what changed.',
  ),
  CONSUMER_IDENTITY_CHANGED: breaks('Its id, name, domain or data product is another one.'),
  CONSUMER_VERSION_LOWERED: breaks('The version is lower than it was.'),
  CONSUMER_STATUS_WITHDRAWN: breaks('It was active or deprecated, and is retired or a draft.'),
  CONSUMER_STATUS_CHANGED: adds('It became active, or is announced to end.'),
  CONSUMER_SUNSET_NEARER: breaks('It is served for a shorter time than was announced.'),
  CONSUMER_TABLE_REMOVED: breaks('A table is gone.'),
  CONSUMER_TABLE_ADDED: adds('A new table.'),
  CONSUMER_TABLE_WITHDRAWN: breaks('A table that was promised is internal.'),
  CONSUMER_COLUMN_REMOVED: breaks('A column or property is gone.'),
  CONSUMER_COLUMN_RENAMED: breaks('A column or property has another name.'),
  CONSUMER_COLUMN_RETYPED: breaks('A column has another type, or a smaller one.'),
  CONSUMER_COLUMN_WIDENED: adds('A column holds larger values of the same type.'),
  CONSUMER_COLUMN_ADDED: adds('A new column, or an optional property.'),
  CONSUMER_REQUIRED_PROPERTY_ADDED: breaks('A new property that producers do not send yet.'),
  CONSUMER_COLUMN_OPTIONAL: breaks('What was always there may be null, or missing.'),
  CONSUMER_PROPERTY_REQUIRED: breaks('Producers may leave it out today.'),
  CONSUMER_COLUMN_REQUIRED: adds('A product promises a value where it did not.'),
  CONSUMER_ENUM_CHANGED: breaks(
    'The values that it may have are others: readers or producers know the old ones.',
  ),
  CONSUMER_VALUES_NARROWED: breaks('Producers may send today what will be refused.'),
  CONSUMER_VALUES_WIDENED: breaks('Readers may get what they never got.'),
  CONSUMER_VALUES_PROMISED: adds('A product promises less that can happen.'),
  CONSUMER_MEANING_CHANGED: breaks(
    'Its format, unit or pattern is another one: the same column says something else.',
  ),
  CONSUMER_KEY_CHANGED: breaks('What identifies a row, or whether that is unique, is another thing.'),
  CONSUMER_REFERENCE_REMOVED: breaks('A column that referred to another table does so no more.'),
  CONSUMER_REFERENCE_ADDED: adds('A column refers to another table.'),
  CONSUMER_QUALITY_WEAKENED: breaks('A rule of quality is gone, or asks for something else.'),
  CONSUMER_QUALITY_ADDED: adds('A new rule of quality.'),
  CONSUMER_STREAM_CHANGED: breaks('Where the stream is, its format, its key or its envelope is another one.'),
  CONSUMER_DEDUPLICATION_CHANGED: breaks('Which events count as the same is decided otherwise.'),
  CONSUMER_UNKNOWN_FIELDS_CHANGED: breaks(
    'What happens to a field that the contract does not name is another thing.',
  ),
  CONSUMER_LATENESS_SHORTENED: breaks('Events that were taken are refused as too late.'),
  CONSUMER_LATENESS_CHANGED: adds('Later events are taken, or the mark of lateness moved.'),
  CONSUMER_LOSS_ALLOWED: breaks(
    'What stopped a collector to protect data goes on instead, or more may be refused before it stops.',
  ),
  CONSUMER_LOSS_REFUSED: adds('A collector stops sooner, to protect data.'),
  CONSUMER_START_CHANGED: adds('A first start begins elsewhere.'),
  CONSUMER_CONSUMERS_CHANGED: adds('Who is registered as a consumer changed.'),
  CONSUMER_LINEAGE_CHANGED: adds('It is made from other inputs.'),
  CONSUMER_TEXT_CHANGED: corrects('A text for people.'),
  CONSUMER_OTHER_CHANGED: breaks('Something that no rule knows.'),
  STORAGE_TABLE_MOVED: breaks(
    'The table has another name, schema or database: a new table, without its rows.',
  ),
  STORAGE_MATERIALIZATION_CHANGED: breaks('The table is kept in another way, and has to be made anew.'),
  STORAGE_FREEZE_CHANGED: breaks('Which rows are frozen is decided otherwise: history may be folded again.'),
  STORAGE_REFRESH_CHANGED: adds('It is refreshed in another mode.'),
  STORAGE_PARTITIONS_CHANGED: breaks(
    'The source has another number of partitions: keys move between channels.',
  ),
  GOVERNANCE_PERSONAL_DATA_ADDED: breaks(
    'A new contract or table holds personal data: who reads it, and how, was never approved.',
  ),
  GOVERNANCE_CLASS_LOWERED: breaks('It is classified as less sensitive than it was.'),
  GOVERNANCE_CLASS_RAISED: adds('It is classified as more sensitive.'),
  GOVERNANCE_KIND_CHANGED: breaks(
    'It is no longer said to be that kind of personal data, and so another policy protects it, or none.',
  ),
  GOVERNANCE_KIND_ADDED: adds('It is said which kind of personal data it is.'),
  GOVERNANCE_PROTECTION_WEAKENED: breaks('More of it lands than did.'),
  GOVERNANCE_LANDED_FORM_CHANGED: breaks(
    'It lands in another form: what was joined or filtered by it no longer matches.',
  ),
  GOVERNANCE_MASK_WEAKENED: breaks('Readers see more of it, or something else.'),
  GOVERNANCE_MASK_TIGHTENED: adds('Readers see less of it.'),
  GOVERNANCE_CLEAR_WIDENED: breaks('One more role sees it in clear.'),
  GOVERNANCE_CLEAR_NARROWED: adds('A role no longer sees it in clear.'),
  GOVERNANCE_LINK_CHANGED: breaks('What links a person across domains changed.'),
  GOVERNANCE_ROW_ACCESS_WEAKENED: breaks('Rows are not decided about any more, or by something else.'),
  GOVERNANCE_ROW_ACCESS_SOURCE_CHANGED: breaks(
    'The column that decides who sees a row is made from something else.',
  ),
  GOVERNANCE_DECLASSIFIED: breaks('It is said of one more source that nothing personal of it is left.'),
  GOVERNANCE_DECLASSIFIED_NO_MORE: adds(
    'It is no longer said of a source that nothing personal of it is left.',
  ),
  GOVERNANCE_ROW_ACCESS_ADDED: adds('Fewer rows are seen.'),
  GOVERNANCE_TABLE_EXPOSED: breaks('An internal table is promised to readers.'),
  GOVERNANCE_CROSSING_ADDED: breaks(
    'A product of another domain is made from it, or for one more purpose: its rows are shown by other policies there.',
  ),
  GOVERNANCE_ROLE_ADDED: breaks('One more role reads or writes it.'),
  GOVERNANCE_ROLE_REMOVED: adds('A role no longer reads it.'),
  GOVERNANCE_SHARE_ADDED: breaks('One more account outside reads something of it.'),
  GOVERNANCE_SHARE_WIDENED: breaks(
    'A share shows more columns, rows of more regions, for longer, for another purpose, or to another account.',
  ),
  GOVERNANCE_SHARE_NARROWED: adds('A share shows less, or ends sooner.'),
  GOVERNANCE_SHARE_REMOVED: adds('An account outside reads nothing of it any more.'),
  GOVERNANCE_PURPOSE_ADDED: breaks('It may be used for one more purpose.'),
  GOVERNANCE_PURPOSE_REMOVED: adds('It may no longer be used for a purpose.'),
  GOVERNANCE_RETENTION_LENGTHENED: breaks('Personal data is kept for longer.'),
  GOVERNANCE_RETENTION_SHORTENED: breaks('Rows are deleted before readers, or the law, expect it.'),
  GOVERNANCE_RETENTION_CHANGED: adds('Rows that are not personal are kept for longer.'),
  GOVERNANCE_UNDECLARED_PHI_LOOSENED: breaks('Personal data that nobody declared is treated less strictly.'),
  GOVERNANCE_UNDECLARED_PHI_TIGHTENED: adds('Personal data that nobody declared is treated more strictly.'),
  GOVERNANCE_HEADER_ADDED: breaks('One more header lands.'),
  GOVERNANCE_HEADER_REMOVED: adds('A header no longer lands.'),
  GOVERNANCE_STEWARD_CHANGED: breaks('Somebody else answers for it, and approves.'),
  GOVERNANCE_CONSTRAINT_REMOVED: breaks(
    'What kept a column from being shown, or small groups from being seen, is gone or another.',
  ),
  GOVERNANCE_CONSTRAINT_ADDED: adds('A column is not shown any more, or small groups are not.'),
  GOVERNANCE_ACCESS_WIDENED: breaks('A role may do more than it could.'),
  GOVERNANCE_ACCESS_NARROWED: adds('A role may do less than it could.'),
  GOVERNANCE_APPROVER_ADDED: breaks('Somebody else may approve for security.'),
  GOVERNANCE_APPROVER_REMOVED: breaks('One of those who approve for security is gone.'),
  GOVERNANCE_POLICY_CHANGED: breaks(
    'What a policy shows is decided by other SQL; expectations say whether that is less.',
  ),
  GOVERNANCE_POLICY_ADDED: breaks('A new policy: what it shows was never approved.'),
  GOVERNANCE_NETWORK_WIDENED: breaks('The account is reached from more addresses.'),
  GOVERNANCE_NETWORK_NARROWED: adds('The account is reached from fewer addresses.'),
  GOVERNANCE_ACCOUNT_CHANGED: breaks(
    'The account is declared otherwise: who is a service, from where, or how people get in.',
  ),
  SLO_WEAKENED: breaks('Less is promised: a target, a percentile, or a window in which more is forgiven.'),
  SLO_STRENGTHENED: adds('More is promised.'),
  COST_CAP_RAISED: breaks('It may cost more.'),
  COST_CAP_LOWERED: adds('It may cost less.'),
  COST_CENTRE_CHANGED: breaks('Somebody else pays.'),
  COST_PRICE_RAISED: breaks('Readers pay more.'),
  COST_PRICE_CHANGED: adds('Readers pay less, or otherwise.'),
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;

export function categoryOf(rule: RuleId): Category {
  return rule.slice(0, rule.indexOf('_')) as Category;
}
