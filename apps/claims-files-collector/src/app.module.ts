import { CollectorModule } from '@das/collector';
import { Module } from '@nestjs/common';
import { claimsFiles } from './collector';

@Module({ imports: [CollectorModule.register(claimsFiles)] })
export class AppModule {}
