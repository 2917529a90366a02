/** Of a recorded account: tables of OPS that scripts and dbt make. */
export const TABLES_OF_OPS = [
  'DEAD_LETTER_AUDIT',
  'TOKEN_REKEYS',
  'REGION_ACCESS',
  'SHARE_ACCESS',
  'BREAK_GLASS_AUDIT',
  'DEAD_LETTERS',
] as const;
