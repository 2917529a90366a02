import type { AccessBook, OdcsDocument } from '@das/contracts';
import { generateGovernance, statementsOf } from '@das/governance';

/** Policies of columns and tables, in the order in which ACCOUNT_USAGE is asked for them. */
export const POLICY_KINDS = [
  'MASKING POLICY',
  'ROW ACCESS POLICY',
  'PROJECTION POLICY',
  'AGGREGATION POLICY',
] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** A policy as it is to be on the account. */
export interface DeclaredPolicy {
  readonly kind: PolicyKind;
  /** Dotted, unquoted. */
  readonly name: string;
  /** Such as `("VALUE" VARCHAR)`. */
  readonly signature: string;
  readonly returns: string;
  /** `{{ environment }}` is not filled in yet. */
  readonly body: string;
}

export interface Named {
  readonly kind: string;
  readonly name: string;
}

/** What of policies and tags the account has. */
export interface PolicyBook {
  /** Whose bodies are compared. */
  readonly policies: readonly DeclaredPolicy[];
  /** Policies that whoever makes a table attaches. */
  readonly attachable: readonly Named[];
  readonly tags: readonly Named[];
  /** Which policy a tag has for columns of a type. */
  readonly tagMasks: readonly TagMask[];
}

export interface TagMask {
  /** Dotted, as the policy's. */
  readonly tag: string;
  readonly type: string;
  readonly policy: string;
}

const POLICY =
  /^CREATE ((?:MASKING|ROW ACCESS|PROJECTION|AGGREGATION) POLICY) IF NOT EXISTS ("\w+"\."\w+"\."\w+") AS (\([^)]*\)) RETURNS (\w+) ->/i;
const OBJECT = /^CREATE ((?:\w+ )*POLICY|TAG) IF NOT EXISTS ("\w+"\."\w+"\."\w+")/i;
const BODY =
  /^ALTER (?:MASKING|ROW ACCESS|PROJECTION|AGGREGATION) POLICY ("\w+"\."\w+"\."\w+") SET BODY -> (.*)$/is;

/** Read from the SQL that makes them, so that there is no second list. */
export function declaredPolicies(documents: readonly OdcsDocument[], access: AccessBook): PolicyBook {
  const statements = generateGovernance(documents, access)
    .filter(({ path }) => path.endsWith('.sql'))
    .flatMap(({ text }) => statementsOf(text));
  const bodies = new Map(
    statements.flatMap((statement): readonly (readonly [string, string])[] => {
      const [, name, body] = BODY.exec(statement) ?? [];
      return name === undefined || body === undefined ? [] : [[plain(name), body.trim()]];
    }),
  );
  const objects = statements.flatMap((statement): readonly Named[] => {
    const [, kind, name] = OBJECT.exec(statement) ?? [];
    return kind === undefined || name === undefined ? [] : [{ kind: kind.toUpperCase(), name: plain(name) }];
  });
  const policies = statements.flatMap((statement) => policyOf(statement, bodies));
  return {
    policies,
    tagMasks: statements.flatMap((statement) => tagMasksOf(statement, policies)),
    // Those that deny are attached to a tag, once, by whoever owns the tag.
    attachable: objects.filter(({ kind, name }) => kind !== 'TAG' && !name.includes('.DENY_')),
    tags: objects.filter(({ kind }) => kind === 'TAG'),
  };
}

const TAG_MASKS = /ALTER TAG ("\w+"\."\w+"\."\w+") SET (MASKING POLICY .*) FORCE/i;

function tagMasksOf(statement: string, policies: readonly DeclaredPolicy[]): readonly TagMask[] {
  const [, tag, list = ''] = TAG_MASKS.exec(statement) ?? [];
  if (tag === undefined) return [];
  return [...list.matchAll(/MASKING POLICY ("\w+"\."\w+"\."\w+")/gi)].map(([, quoted = '']) => {
    const policy = plain(quoted);
    return { tag: plain(tag), type: policies.find(({ name }) => name === policy)?.returns ?? '', policy };
  });
}

function policyOf(statement: string, bodies: ReadonlyMap<string, string>): readonly DeclaredPolicy[] {
  const [, kind, quoted, signature = '', returns = ''] = POLICY.exec(statement) ?? [];
  if (kind === undefined || quoted === undefined) return [];
  const name = plain(quoted);
  const body = bodies.get(name);
  if (body === undefined) throw new Error(`the body of ${name} is never set`);
  return [{ kind: kind.toUpperCase() as PolicyKind, name, signature, returns, body }];
}

function plain(name: string): string {
  return name.replaceAll('"', '');
}
