import { parseArgs } from 'node:util';
import { findPhi } from '@das/phi';
import { makeCorpus, measureScan } from '@das/testing';

const HELP = `Precision and recall of the scan for undeclared PHI on the labelled corpus, by kind. The tuning part's failures may be
looked at (--failures); those of the held-out part are not shown, so that nobody tunes on them.

  npm run -s scan-quality
  npm run -s scan-quality -- --json
  npm run -s scan-quality -- --failures
`;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    failures: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

function measure() {
  return (['tuning', 'held-out'] as const).map((part) => {
    const cases = makeCorpus(part);
    return { part, texts: cases.length, kinds: measureScan(cases, findPhi) };
  });
}

function printTable(): void {
  for (const { part, texts, kinds } of measure()) {
    console.log(`${part}, ${texts} texts`.padEnd(26), 'there  found  false  recall  precision');
    for (const { kind, present, found, falseHits, recall, precision } of kinds) {
      const counts = [present, found, falseHits].map((count) => String(count).padStart(5)).join('  ');
      console.log(`  ${kind}`.padEnd(26), `${counts}  ${recall.toFixed(4)}     ${precision.toFixed(4)}`);
    }
  }
}

function printFailures(): void {
  for (const { family, text, key, kinds } of makeCorpus('tuning')) {
    const found = findPhi(text, key);
    const right = found.length === kinds.length && kinds.every((kind) => found.includes(kind));
    if (!right) console.log(JSON.stringify({ family, key, text, kinds, found }));
  }
}

if (values.help === true) process.stdout.write(HELP);
else if (values.json === true) process.stdout.write(`${JSON.stringify({ scan: measure() })}\n`);
else if (values.failures === true) printFailures();
else printTable();
