import { bracketed, plainName, withoutComments } from './statements';

/** A view that a share may have. */
export interface RenderedView {
  /** `DB.SCHEMA.NAME` */
  readonly name: string;
  readonly isSecure: boolean;
  readonly columns: readonly string[];
  /** What it selects, in their order: of a plain column its name. */
  readonly selects: readonly string[];
  /** The table that it reads. */
  readonly of: string;
  /** What follows WHERE. */
  readonly where: string;
  /** The policy that lets it be seen in groups alone. */
  readonly aggregation?: string | undefined;
}

export interface RenderedShare {
  readonly name: string;
  /** What it was granted, such as `SELECT VIEW DB.SHARED.NAME`. */
  readonly grants: readonly string[];
  /** Locators of the accounts that read it. */
  readonly accounts: readonly string[];
}

export interface RenderedShares {
  readonly views: ReadonlyMap<string, RenderedView>;
  readonly shares: ReadonlyMap<string, RenderedShare>;
}

const NAMES = '"\\w+"(?:\\."\\w+")*';
const VIEW = new RegExp(`^CREATE (?:OR REPLACE )?(SECURE )?VIEW (?:IF NOT EXISTS )?(${NAMES}) \\(`, 'i');
const QUERY = new RegExp(` AS SELECT (.*?) FROM (${NAMES})(?: WHERE (.*))?$`, 'i');
const GROUPS = new RegExp(`WITH AGGREGATION POLICY (${NAMES})`, 'i');
const GRANT = new RegExp(`^GRANT (.*?) ON ([A-Z ]+?) (${NAMES}) TO SHARE "(\\w+)"`, 'i');
const ACCOUNTS =
  /^ALTER SHARE (?:IF EXISTS )?"(\w+)" (SET|ADD|REMOVE) ACCOUNTS = ([\w., ]+?)(?: SHARE_RESTRICTIONS.*)?$/i;

/** What makes place for shares, and shows nothing by itself. */
const MAKES_PLACE =
  /^CREATE (?:SHARE IF NOT EXISTS "\w+" COMMENT = ''|SCHEMA IF NOT EXISTS "\w+"\."SHARED" WITH MANAGED ACCESS)$/i;
/** A column may be called a share, too. */
const OF_SHARES = /\b(?:TO|CREATE|REPLACE|ALTER) SHARE\b|\."?SHARED\b|\bSCHEMA "?SHARED\b/i;

/** Whether a statement that has to do with shares has a form that is understood: of any other it is not known who reads what. */
export function isKnownOfShares(statement: string): boolean {
  const said = withoutComments(statement);
  if (!OF_SHARES.test(said)) return true;
  return [MAKES_PLACE, GRANT, ACCOUNTS].some((known) => known.test(said)) || viewOf(statement) !== undefined;
}

/** The views and shares that statements leave behind, applied once from nothing. */
export function readShares(statements: readonly string[]): RenderedShares {
  const views = new Map<string, RenderedView>();
  const shares = new Map<string, RenderedShare>();
  const shareOf = (name: string): RenderedShare => shares.get(name) ?? { name, grants: [], accounts: [] };
  for (const statement of statements) {
    const view = viewOf(statement);
    if (view !== undefined) views.set(view.name, view);
    const [, privilege, on, object, to] = GRANT.exec(statement) ?? [];
    if (to !== undefined) {
      const share = shareOf(to);
      shares.set(to, { ...share, grants: [...share.grants, `${privilege} ${on} ${plainName(object)}`] });
    }
    const [, name, how = '', list = ''] = ACCOUNTS.exec(statement) ?? [];
    if (name === undefined) continue;
    const share = shareOf(name);
    shares.set(name, {
      ...share,
      accounts: accountsAfter(share.accounts, how.toUpperCase(), list.split(/, */)),
    });
  }
  return { views, shares };
}

function accountsAfter(before: readonly string[], how: string, named: readonly string[]): readonly string[] {
  if (how === 'SET') return named;
  if (how === 'ADD') return [...new Set([...before, ...named])];
  return before.filter((account) => !named.includes(account));
}

function viewOf(statement: string): RenderedView | undefined {
  const [, secure, name] = VIEW.exec(statement) ?? [];
  if (name === undefined) return undefined;
  const { parts, rest } = bracketed(withoutComments(statement));
  const [, selected = '', of, where = ''] = QUERY.exec(rest) ?? [];
  return {
    name: plainName(name),
    isSecure: secure !== undefined,
    columns: parts.map((part) => plainName(/^"\w+"/.exec(part)?.[0])),
    selects: selected.split(/, */).map(plainName),
    of: plainName(of),
    where,
    aggregation: plainName(GROUPS.exec(rest.split(/ AS SELECT /i)[0] ?? '')?.[1]) || undefined,
  };
}
