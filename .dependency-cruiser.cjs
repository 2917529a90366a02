/** The walls between the rooms. The baseline is empty: every rule holds everywhere. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'one-door-per-lib',
      comment: 'A lib is entered through its src/index.ts.',
      severity: 'error',
      from: { path: '^(apps|libs|contracts|test|bench|scripts)/', pathNot: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'one-door-between-libs',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'libs-know-no-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-know-no-other-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'nest-at-the-rim',
      comment: 'Only apps and libs/collector import Nest.',
      severity: 'error',
      from: { path: '^(libs|scripts|bench|contracts)/', pathNot: '^libs/collector/' },
      to: { path: 'node_modules/(@nestjs|nestjs-)' },
    },
    {
      name: 'contracts-depend-on-nothing',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^libs/', pathNot: '^libs/contracts/' },
    },
    {
      name: 'the-core-is-pure',
      comment:
        'No SDK, no framework, no I/O: only contract types, and node:crypto/node:zlib/node:buffer for hashes and bytes.',
      severity: 'error',
      from: { path: '^libs/pipeline/src', pathNot: '\\.spec\\.ts$' },
      to: {
        pathNot: ['^libs/pipeline/', '^libs/contracts/src/index\\.ts$', '^(node:)?(crypto|zlib|buffer)$'],
      },
    },
    {
      name: 'the-product-does-not-use-its-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['/testing/', '\\.spec\\.ts$'] },
      to: { path: '/testing/', pathNot: 'node_modules' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
