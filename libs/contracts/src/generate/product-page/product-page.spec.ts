import { join } from 'node:path';
import { loadAccess } from '../../access/load-access';
import { loadContracts } from '../../load-contract';
import type { OdcsDocument } from '../../odcs';
import { generateArtifacts } from '../generate-artifacts';
import { markdownTable, prose } from './markdown';
import { productPage } from './product-page';

const CONTRACTS = join(__dirname, '../../../../../contracts');
const NAMES = ['auth_events_v1', 'customers', 'order_lines', 'orders', 'orders_events_v1', 'sessions'];
const documents = loadContracts(NAMES.map((name) => join(CONTRACTS, 'brook_commerce', `${name}.odcs.yaml`)));
const access = loadAccess(CONTRACTS);
const customers = documents.find(({ name }) => name === 'customers')!;
const page = (document: OdcsDocument = customers) =>
  productPage(document, documents, access, 'contracts/x.yaml');

describe('productPage', () => {
  it('says what it is for, whose it is, and what is promised', () => {
    expect(page()).toContain('# customers\n\nWho the customers are and were');
    expect(page()).toContain('- **Owner**: commerce-orders, asked in commerce-data');
    expect(page()).toContain('| fresh | 95 % of events are queryable within 10 minutes, over 1 day |');
    expect(page()).toContain('| costs | 600 US dollars a month at most, on commerce-data |');
  });

  it('says who reads it, of which rows, and what in clear', () => {
    expect(page()).toContain('| `ANALYST_EMEA` | functional | EMEA | no masked column |');
    expect(page()).toContain('| `CARE_TEAM` | functional | all | `NAME`, `PHONE` |');
    expect(page()).toContain('| `BREAK_GLASS` | emergency, 4 hours at a time |');
    expect(page()).toContain('Beside them `TRANSFORMER` reads it');
    expect(page()).toContain('| `DATA_SCI_COMMERCE` | customer-history | data-science@brook.example |');
  });

  it('says of each column what others see', () => {
    expect(page()).toContain(
      '| `EMAIL` | VARCHAR, never null | pii, email | as it is by `ANALYST_PHI`, `BREAK_GLASS`; by others **domain**: What follows',
    );
    expect(page()).toContain('| `MEMBER_LINK_TOKEN` | VARCHAR | pii, identifier | by nobody as it is.');
  });

  it('has no section of an internal table, and names it', () => {
    expect(page()).not.toContain('## CUSTOMER_VERSIONS');
    expect(page()).toContain('which no consumer reads: `CUSTOMER_VERSIONS`.');
  });

  it('draws what it is made from', () => {
    expect(page()).toContain('n0["topic orders.v1"]\n  n1["orders_events_v1"]\n  n2[["customer_versions"]]');
    expect(page()).toContain('  n0 --> n1\n  n1 --> n2\n');
  });

  it('says when it ends', () => {
    const document = structuredClone(customers);
    document.status = 'deprecated';
    document.slaProperties.push({ property: 'endOfLife', value: '2027-06-30' });
    document.customProperties.push({ property: 'das.replaces', value: 'clients' });
    expect(page(document)).toContain(', deprecated, **ends on 2027-06-30**');
    expect(page(document)).toContain('- **Replaces**: [clients](clients.md)');
  });

  it('shows text of a contract as it stands there', () => {
    expect(prose('a < b | <script> *x* [l](m) `code <T> | x` & \\')).toBe(
      'a &lt; b \\| &lt;script&gt; \\*x\\* \\[l\\](m) `code <T> \\| x` &amp; \\\\',
    );
    expect(markdownTable(['a'], [['two\n lines']])).toEqual(['| a |', '| --- |', '| two lines |']);
  });
});

describe('generateArtifacts', () => {
  it('gives the same bytes for the same contracts, sorted, one page for each product', () => {
    const files = generateArtifacts(documents, access);
    const again = generateArtifacts(structuredClone(documents), structuredClone(access));
    expect(again).toEqual(files);
    expect(files.map(({ path }) => path)).toEqual([
      'contracts/brook_commerce/generated/alerts.yml',
      ...['customers', 'order_lines', 'orders', 'sessions'].map(
        (name) => `contracts/brook_commerce/generated/${name}.openapi.json`,
      ),
      'docs/products/README.md',
      ...['customers', 'order_lines', 'orders', 'sessions'].map(
        (name) => `docs/products/brook_commerce/${name}.md`,
      ),
    ]);
  });
});
