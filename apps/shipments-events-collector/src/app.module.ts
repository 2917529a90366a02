import { CollectorModule } from '@das/collector';
import { Module } from '@nestjs/common';
import { shipmentsEvents } from './collector';

@Module({ imports: [CollectorModule.register(shipmentsEvents)] })
export class AppModule {}
