import { ordersEventsV1 } from '@contracts/brook-commerce';
import { CollectorModule, runCollector, type CollectorDeclaration } from '@das/collector';
import { Module } from '@nestjs/common';

/** The collector as it was before its contract was mended: it knows another version, and refuses every event. */
const old: CollectorDeclaration = {
  name: 'orders-events-collector',
  version: '0.0.1',
  contracts: [
    { ...ordersEventsV1, version: '0.9.0', deadLetters: { fuseRatio: 1, fuseRunLength: 1_000_000 } },
  ],
};

@Module({ imports: [CollectorModule.register(old)] })
class OldModule {}

void runCollector(OldModule);
