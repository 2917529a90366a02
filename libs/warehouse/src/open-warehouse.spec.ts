import { openWarehouse } from './open-warehouse';

const named = {
  SNOWFLAKE_ACCOUNT: 'LOCAL',
  SNOWFLAKE_USER: 'READER',
  SNOWFLAKE_PRIVATE_KEY_PATH: '/nowhere/key.pem',
};

describe('opening a warehouse', () => {
  it.each(['http://acct.example', 'ftp://127.0.0.1', 'http://127.0.0.1.example', 'no url'])(
    'sends nothing in clear to %s, which it does not repeat',
    async (url) => {
      const opening = openWarehouse({ ...named, SNOWFLAKE_ACCOUNT_URL: url }, 'spec');
      await expect(opening).rejects.toMatchObject({ kind: 'setup', code: 'config' });
      await expect(opening).rejects.toThrow(/^SNOWFLAKE_ACCOUNT_URL: /);
      await expect(opening).rejects.not.toThrow(url);
    },
  );

  it.each(['https://acct.example', 'http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1'])(
    'takes %s, and goes on to the key',
    async (url) => {
      const opening = openWarehouse({ ...named, SNOWFLAKE_ACCOUNT_URL: url }, 'spec');
      await expect(opening).rejects.toMatchObject({ kind: 'setup', code: 'unreadable_file' });
    },
  );
});
