import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Post,
  UseGuards,
} from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { z } from 'zod';
import { AdminGuard } from './admin.guard';
import type { IngestHost } from './late-ingest';
import { INGEST } from './tokens';

const resetRequest = z.strictObject({ partition: z.string().max(256).optional() });

/** One partition's fuse, as `GET /admin/fuse` lists it. */
export interface FuseAnswer {
  readonly partition: string;
  readonly blown: boolean;
  /** Why, and what to do; null: the fuse is whole. */
  readonly reason: string | null;
}

/** What an operator may do to a running collector; every change is logged. */
@Controller('admin')
@UseGuards(AdminGuard)
export class AdminController {
  constructor(
    @Inject(INGEST) private readonly ingest: IngestHost,
    @Inject(PinoLogger) private readonly log: PinoLogger,
  ) {}

  @Get('fuse')
  fuses(): readonly FuseAnswer[] {
    return this.ingest.fuseStates().map(({ partition, blown }) => ({
      partition,
      blown: blown !== undefined,
      reason: blown?.line ?? null,
    }));
  }

  /** @returns the partitions whose fuse was blown and is whole again */
  @Post('fuse/reset')
  @HttpCode(200)
  reset(@Body() body: unknown): { readonly reset: readonly string[] } {
    const request = resetRequest.safeParse(body ?? {});
    if (!request.success) throw new BadRequestException('the body may be {"partition": "<id>"}, or nothing');
    const { partition } = request.data;
    const reset = this.ingest.resetFuses(partition);
    // A partition that this collector does not have may be any text.
    const isKnown = this.ingest.fuseStates().some((fuse) => fuse.partition === partition);
    const asked = partition === undefined ? 'all' : isKnown ? partition : 'an unknown one';
    this.log.logger.warn({ audit: 'fuse_reset', asked, reset }, 'fuse reset asked for');
    return { reset };
  }
}
