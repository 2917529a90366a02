/** @type {import('jest').Config} */
const base = {
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|js)$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }] },
  // Both are ESM only, and jest 29 cannot require ESM.
  transformIgnorePatterns: ['/node_modules/(?!(jose|hyparquet)/)'],
};

/**
 * `unit` sits beside the code and is quick; the others start real servers.
 * @type {import('jest').Config}
 */
module.exports = {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,contracts,test}/**/*.spec.ts'] },
    { ...base, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...base, displayName: 'conformance', testMatch: ['<rootDir>/test/conformance/**/*.test.ts'] },
    { ...base, displayName: 'chaos', testMatch: ['<rootDir>/test/chaos/**/*.test.ts'] },
  ],
  testTimeout: 120_000,
};
