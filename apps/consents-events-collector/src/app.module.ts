import { CollectorModule } from '@das/collector';
import { Module } from '@nestjs/common';
import { consentsEvents } from './collector';

@Module({ imports: [CollectorModule.register(consentsEvents)] })
export class AppModule {}
