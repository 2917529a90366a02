import { shareName, type AccessBook, type DeclaredShare } from '@das/contracts';
import { explainShare, sharedViewName, type SharedColumn } from '@das/governance';

/** One consumer of one product, as JSON tells it. Stable: fields are only added. */
export interface Shared {
  readonly name: string;
  readonly domain: string;
  readonly product: string;
  readonly table: string;
  /** On the account: the share, and the view that it has. */
  readonly share: string;
  readonly view: string;
  readonly account: string | null;
  readonly reader: string | null;
  readonly creditsPerMonth: number | null;
  readonly regions: readonly string[];
  readonly purpose: string;
  readonly contact: string;
  readonly expires: string;
  readonly ended: boolean;
  readonly approved: { readonly steward: string; readonly security: string; readonly on: string };
  readonly columns: readonly SharedColumn[];
}

/** @param today - `YYYY-MM-DD`: the last day of a share is one of its days */
export function shared(share: DeclaredShare, access: AccessBook, today: string): Shared {
  const { domain, contract, table, account, reader, regions, purpose, contact, expires, approved } = share;
  return {
    name: share.name.toLowerCase(),
    domain,
    product: contract,
    table: table.name,
    share: shareName(share),
    view: sharedViewName(share),
    account: account ?? null,
    reader: reader?.name ?? null,
    creditsPerMonth: reader?.creditsPerMonth ?? null,
    regions,
    purpose,
    contact,
    expires,
    ended: expires < today,
    approved,
    columns: explainShare(share, access),
  };
}
