import type { AccessBook } from '../../access/access-book';
import { customValue } from '../../das-properties';
import { durationSeconds } from '../../duration';
import type { OdcsDocument } from '../../odcs';
import type { ProductContract } from '../../product-contract';
import { codes, inWords, markdownTable, prose } from './markdown';

/** Who may read a product, whose rows they see, and what of it in clear. */
export function readersSection(
  document: OdcsDocument,
  product: ProductContract,
  { roles }: Pick<AccessBook, 'roles'>,
): readonly string[] {
  const said = new Map(document.roles.map(({ role, description }) => [role, description]));
  return [
    '## Who may read it',
    '',
    ...markdownTable(
      ['role', 'held by', 'regions', 'sees as it is', 'for'],
      product.readers.map((name) => {
        const role = roles[name];
        const until = role?.lasts === undefined ? '' : `, ${inWords(durationSeconds(role.lasts))} at a time`;
        const description = said.get(name);
        return [
          `\`${name}\``,
          `${role?.kind ?? 'unknown'}${until}`,
          regions(role?.regions ?? []),
          codes(clearColumns(product, name), 'no masked column'),
          prose(typeof description === 'string' ? description : (role?.description ?? '')),
        ];
      }),
    ),
    '',
    `Beside them ${codes(readersOfGold(document, roles), 'nobody')} reads it, for GOLD as a whole is theirs; nobody else does. In the development environment no reader sees a masked column as it is.`,
    '',
    ...consumers(document),
  ];
}

/** Those who said what they use it for, and are asked before it changes. */
function consumers(document: OdcsDocument): readonly string[] {
  const known = customValue(document, 'das.consumers') ?? [];
  if (known.length === 0) return [];
  const rows = known.map(({ role, product, purpose, contact }) => [
    product === undefined ? `\`${role}\`` : `\`${role}\`, for the product \`${product}\``,
    prose(purpose),
    prose(contact),
  ]);
  return ['Known to use it:', '', ...markdownTable(['role', 'for', 'contact'], rows), ''];
}

/** Roles that read the tier, whatever a product says. */
function readersOfGold({ domain }: OdcsDocument, roles: AccessBook['roles']): readonly string[] {
  return Object.entries(roles)
    .filter(([, { tiers, domains }]) => tiers.includes('GOLD') && (domains ?? [domain]).includes(domain))
    .map(([name]) => name);
}

function regions(given: readonly string[]): string {
  if (given.includes('*')) return 'all';
  return given.length === 0 ? 'none' : given.map(prose).join(', ');
}

function clearColumns({ tables }: ProductContract, role: string): readonly string[] {
  const names = tables
    .filter(({ internal }) => !internal)
    .flatMap(({ columns }) => columns)
    .filter(({ mask }) => mask?.clearFor.includes(role))
    .map(({ name }) => name);
  return [...new Set(names)];
}
