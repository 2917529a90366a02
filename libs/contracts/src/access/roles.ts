import { z } from 'zod';
import { duration, fieldName, sqlName, text } from '../das-properties';

/** Who holds a role: people for their work, people who answer for a domain, anybody for hours, or a program. */
export const ROLE_KINDS = ['functional', 'steward', 'emergency', 'service'] as const;

/** The schemas of a domain's database. */
export const TIERS = ['BRONZE', 'SILVER', 'GOLD', 'OPS'] as const;
export type Tier = (typeof TIERS)[number];

/** Database roles of the database SNOWFLAKE: views of the account that hold no rows of any product. */
const ACCOUNT_VIEWS = ['GOVERNANCE_VIEWER', 'SECURITY_VIEWER', 'OBJECT_VIEWER', 'USAGE_VIEWER'] as const;

export const role = z.strictObject({
  kind: z.enum(ROLE_KINDS),
  description: text,
  /** Whose rows it sees, where a row's region decides; `*` is every region, and without this it sees none. */
  regions: z.array(text).default([]),
  /** What it may be used for, where a row's purpose decides. */
  purposes: z.array(text).default([]),
  /** Tiers that it reads as a whole, of the `domains`; products of GOLD name their readers themselves. */
  tiers: z.array(z.enum(TIERS)).default([]),
  /** Undefined: all of them. */
  domains: z.array(fieldName).min(1).optional(),
  /** Mapping tables that it keeps. */
  writes: z.array(sqlName).default([]),
  account: z.array(z.enum(ACCOUNT_VIEWS)).default([]),
  /** The stream that it appends to. */
  collects: fieldName.optional(),
  /** Appends replays to every stream, and to OPS what was done with dead letters. */
  replays: z.boolean().default(false),
  /** `everything`: no mask and no row access policy holds for it, since it stores what it reads. */
  sees: z.enum(['everything']).optional(),
  /** How long it is granted for at a time. */
  lasts: duration.optional(),
});

/** What `contracts/roles.yaml` says. */
export const roleBook = z.strictObject({
  roles: z.record(sqlName, role),
  /** Who approves for security. */
  security: z.array(text).min(1),
});

export type Role = z.output<typeof role>;
export type RoleBook = z.output<typeof roleBook>;
