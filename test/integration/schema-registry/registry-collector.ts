import { CollectorModule, runCollector } from '@das/collector';
import { SOURCE_FORMATS } from '@das/contracts';
import { Module } from '@nestjs/common';
import { declarationOf } from './declaration';

const { TEST_FORMAT, TEST_TOPIC: topic = '' } = process.env;
const format = SOURCE_FORMATS.find((known) => known === TEST_FORMAT);
if (format === undefined || format === 'json') throw new Error('TEST_FORMAT names a format of a registry');

@Module({ imports: [CollectorModule.register(declarationOf(format, topic))] })
class RegistryModule {}

void runCollector(RegistryModule);
