/** Before the name of a listing, where accounts are named. */
export const LISTING = 'listing ';

/** What other accounts read. */
export type ShareFact =
  | {
      /** Something of a database that other accounts read. */
      readonly is: 'share';
      readonly name: string;
      readonly database: string;
      /** Locators, sorted; of a share that a listing offers, then `listing <its global name>`. */
      readonly accounts: readonly string[];
      /** The day on which it ended, of one that is still there. */
      readonly ended?: string | undefined;
      readonly comment?: string | undefined;
    }
  | {
      /** A view in the schema that is for shares. */
      readonly is: 'shared view';
      /** Dotted. */
      readonly name: string;
      readonly secure: boolean;
      /** From SELECT on. */
      readonly query: string;
      /** The statement that makes it; empty where it is not declared. */
      readonly statement: string;
    }
  | {
      /** A reader account, whose credits we pay. */
      readonly is: 'reader';
      readonly name: string;
      /** Its locator; empty: nobody has written it down. */
      readonly account: string;
      readonly comment: string;
    };

/** As `keyOf` of all facts. */
export function shareKey(fact: ShareFact): string {
  return fact.is === 'share' ? `share ${fact.name} ${fact.database}` : `${fact.is} ${fact.name}`;
}

/** As `valueOf` of all facts. @param normal - what white space says nothing in is left out of SQL */
export function shareValue(fact: ShareFact, normal: (sql: string) => string): string {
  switch (fact.is) {
    case 'share': {
      const accounts = fact.accounts.join(', ') || 'nobody yet';
      return fact.ended === undefined ? accounts : `${accounts}, ended on ${fact.ended}`;
    }
    case 'shared view':
      return `${fact.secure ? 'secure' : 'not secure'}: ${normal(fact.query)}`;
    case 'reader':
      return fact.account === '' ? 'at a locator that no contract names' : fact.account;
  }
}
