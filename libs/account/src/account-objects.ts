/** Kinds of objects that are made once and set ever after. */
export type SettingKind =
  | 'NETWORK RULE'
  | 'NETWORK POLICY'
  | 'PASSWORD POLICY'
  | 'SESSION POLICY'
  | 'AUTHENTICATION POLICY'
  | 'RESOURCE MONITOR'
  | 'NOTIFICATION INTEGRATION'
  | 'USER';

/** An object and what it is set to. */
export interface Setting {
  readonly kind: SettingKind;
  /** Dotted, unquoted. */
  readonly name: string;
  /** What can be said at its creation alone, in SQL. */
  readonly fixed: string;
  /** In SQL, by name, in the order in which they are set; `{{ variables }}` are not filled in yet. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Policies that say how one gets in. */
export type SignInPolicyKind = Extract<
  SettingKind,
  'NETWORK POLICY' | 'PASSWORD POLICY' | 'SESSION POLICY' | 'AUTHENTICATION POLICY'
>;

/** A policy, and whom it holds for. */
export interface Attachment {
  readonly kind: SignInPolicyKind;
  readonly policy: string;
  /** A user; the empty text: the account, which is everybody who has none of their own. */
  readonly to: string;
  /** Of an authentication policy of the account: the type of users. */
  readonly whom?: 'PERSON' | 'SERVICE' | undefined;
}

export interface Procedure {
  /** Dotted, unquoted. */
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  /** Snowflake Scripting; it runs with the rights of whoever owns it. */
  readonly body: string;
}

export interface Task {
  readonly name: string;
  /** Such as `5 MINUTES`, or `USING CRON …`. */
  readonly schedule: string;
  /** One statement. */
  readonly definition: string;
}

/** What an account does by itself. */
export interface Routines {
  readonly procedures: readonly Procedure[];
  readonly tasks: readonly Task[];
}

/** How a domain's old rows go. */
export interface Expiry extends Routines {
  readonly domain: string;
  /** Storage lifecycle policies, as statements. */
  readonly policies: readonly string[];
}

/** What stands in the place of `{{ name }}`. */
export type Variables = Readonly<Record<string, string | number>>;

/** `DB.OPS.NAME(VARCHAR, VARCHAR)`, as privileges and statements name it. */
export function signatureOf({ name, parameters }: Procedure): string {
  return `${name}(${parameters.map(({ type }) => type).join(', ')})`;
}
