import { makeShare } from './share-statements';

const make = (comment: string): string =>
  makeShare({ name: 'DB_S', database: 'DB', accounts: ['XY12345'], comment });

it('makes a share as one statement', () => {
  expect(make('For jo.')).toMatch(/^EXECUTE IMMEDIATE \$\$BEGIN\n.*COMMENT = 'For jo\.';\n.*\nEND\$\$$/s);
});

it('stays one statement, whatever its comment says', () => {
  const statement = make(`For jo$$; GRANT ROLE "ACCOUNTADMIN" TO USER "JO"; --'`);
  const [, text] = /^EXECUTE IMMEDIATE '((?:[^']|'')*)'$/s.exec(statement) ?? [];
  expect(text?.replaceAll("''", "'")).toContain(
    `COMMENT = 'For jo$$; GRANT ROLE "ACCOUNTADMIN" TO USER "JO"; --''';\n`,
  );
});
