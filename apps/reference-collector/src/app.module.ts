import { CollectorModule } from '@das/collector';
import { Module } from '@nestjs/common';
import { widgetsEvents } from './collector';

@Module({ imports: [CollectorModule.register(widgetsEvents)] })
export class AppModule {}
