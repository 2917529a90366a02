import { ASK_SHARES } from '../drift/found-shares';
import { ASK } from '../drift/questions';
import { changeShare, forgetView, shareOf, tellReader, tellShare, tellView } from './tell-shares';
import { type Effect, NAME, plain } from './effect';

/** Statements about shares, and what is read by them. */
export const SHARE_EFFECTS: readonly (readonly [string, Effect])[] = [
  [
    `CREATE SHARE IF NOT EXISTS ${NAME} .*`,
    ([name], world) => {
      if (shareOf(world, plain(name)) === undefined) tellShare(world, { name: plain(name) });
    },
  ],
  [
    `GRANT USAGE ON DATABASE ("\\w+") TO SHARE ("\\w+")`,
    ([database, share], world) => {
      if (shareOf(world, plain(share)) === undefined) tellShare(world, { name: plain(share), to: 'PARTNER' });
      changeShare(world, plain(share), { database_name: plain(database) });
    },
  ],
  [
    `REVOKE USAGE ON DATABASE ("\\w+") FROM SHARE ("\\w+")`,
    ([, share], world) => {
      changeShare(world, plain(share), { database_name: '' });
    },
  ],
  [
    `ALTER SHARE ${NAME} (SET|ADD|REMOVE) ACCOUNTS = (.*)`,
    ([share, how, list = ''], world) => {
      const named = list.split(', ');
      const before = String(shareOf(world, plain(share))?.to ?? '')
        .split(', ')
        .filter((account) => account !== '');
      const others = before.filter((account) => !named.includes(account));
      const after = { SET: named, ADD: [...others, ...named], REMOVE: others }[how ?? ''] ?? [];
      changeShare(world, plain(share), { to: after.join(', ') });
    },
  ],
  [
    `CREATE OR REPLACE (SECURE )?VIEW ${NAME} \\(.*`,
    ([secure, name], world, statement) => {
      tellView(world, plain(name), secure !== '', statement);
    },
  ],
  [
    `ALTER VIEW ${NAME} UNSET SECURE`,
    ([name], world) => {
      const [database = '', , view] = plain(name).split('.');
      world.update(ASK_SHARES.views(database), (row) => row.name === view, { is_secure: 'false' });
    },
  ],
  [
    `DROP VIEW ${NAME}`,
    ([name], world) => {
      forgetView(world, plain(name));
      for (const row of world.rows(ASK_SHARES.shares()))
        world.drop(
          ASK.grantsTo('SHARE', String(row.name).split('.').at(-1) ?? ''),
          (grant) => grant.name === plain(name),
        );
    },
  ],
  [
    `CREATE MANAGED ACCOUNT ${NAME} .*TYPE = READER.*`,
    ([name], world) => {
      const known = world.account.shares.find(({ reader }) => reader?.name === plain(name));
      tellReader(world, plain(name), known?.account ?? 'NN00000');
    },
  ],
  [
    `DROP MANAGED ACCOUNT ${NAME}`,
    ([name], world) => {
      world.drop(ASK_SHARES.readers(), (row) => row.name === plain(name));
    },
  ],
];
