import { CollectorModule } from '@das/collector';
import { Module } from '@nestjs/common';
import { ordersEvents } from './collector';

@Module({ imports: [CollectorModule.register(ordersEvents)] })
export class AppModule {}
