import type { Classification, DeclaredShare, GovernedTable, Tier } from '@das/contracts';
import type { AccountDeclaration, Profile } from './declaration-schema';
import type { Attachment, Expiry, Routines, Setting, Variables } from './account-objects';
import type { MappingTable } from '@das/governance';
import type { PolicyBook } from './declared-policies';

/** A role of the account, a database role as `DB.ROLE`, a user, or a share, by which another account has it. */
export interface Grantee {
  readonly type: 'ROLE' | 'DATABASE ROLE' | 'USER' | 'SHARE';
  readonly name: string;
}

/** One privilege on one object, or on all of a kind in a schema, those to come included. */
export interface ObjectGrant {
  readonly privilege: string;
  /** Such as `SCHEMA`, `TABLE`, `WAREHOUSE`; of `all`, the plural. */
  readonly on: string;
  /** Dotted, unquoted; of a procedure with its types; empty for the account. */
  readonly object: string;
  /** Every object of the kind in the schema `object`. */
  readonly all?: boolean;
  readonly to: Grantee;
}

/** A role that is held by another one, or by a user. */
export interface RoleGrant {
  readonly role: Grantee;
  readonly to: Grantee;
}

export interface Warehouse {
  readonly name: string;
  readonly database: string;
  readonly domain: string;
  readonly declared: AccountDeclaration['warehouses'][string];
}

/** The account, as everything that is declared makes it. */
export interface DeclaredAccount {
  readonly databases: readonly { readonly domain: string; readonly name: string }[];
  readonly roles: readonly { readonly name: string; readonly description: string }[];
  readonly databaseRoles: readonly { readonly name: string; readonly description: string }[];
  readonly roleGrants: readonly RoleGrant[];
  readonly objectGrants: readonly ObjectGrant[];
  readonly warehouses: readonly Warehouse[];
  readonly services: AccountDeclaration['services'];
  /** What protects columns and rows, as its own SQL has it. */
  readonly policies: PolicyBook;
  readonly tables: readonly GovernedTable[];
  readonly streams: readonly StreamTable[];
  /** Roles that see everything, since they store what they read. */
  readonly refreshers: readonly string[];
  readonly emergency: Emergency;
  /** What is set once it is made: how one gets in, programs, monitors. */
  readonly settings: readonly Setting[];
  readonly attachments: readonly Attachment[];
  /** Rows of mapping tables that roles.yaml says; others are kept by people. */
  readonly mappings: readonly Mapping[];
  readonly expiry: readonly Expiry[];
  readonly breakGlass: Routines;
  /** What other accounts read. */
  readonly shares: readonly DeclaredShare[];
  readonly variables: Readonly<Record<Profile, Variables>>;
}

/** A table that row access policies look into. */
export interface Mapping {
  /** Dotted. */
  readonly table: string;
  /** The role, or the account outside, first. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What rows that are declared are marked with. */
  readonly addedBy: MappingTable['addedBy'];
}

/** A stream's table of BRONZE. */
export interface StreamTable {
  readonly database: string;
  readonly name: string;
  readonly stream: string;
  readonly classification: Classification;
}

/** The role that is held for hours. */
export interface Emergency {
  readonly role: string;
  readonly hours: number;
  readonly givenBy: string;
  /** E-mail addresses. */
  readonly tells: readonly string[];
  /** Where its audit and its procedures are. */
  readonly schema: string;
}

export const SCHEMAS: readonly Tier[] = ['BRONZE', 'SILVER', 'GOLD', 'OPS'];

/** The database role that reads a product's tables. */
export function productRole(product: string): string {
  return `GOLD_READ_${product.toUpperCase()}`;
}

export function accountRole(name: string): Grantee {
  return { type: 'ROLE', name };
}

export function databaseRole(name: string): Grantee {
  return { type: 'DATABASE ROLE', name };
}
