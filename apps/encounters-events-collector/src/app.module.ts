import { CollectorModule } from '@das/collector';
import { Module } from '@nestjs/common';
import { encountersEvents } from './collector';

@Module({ imports: [CollectorModule.register(encountersEvents)] })
export class AppModule {}
