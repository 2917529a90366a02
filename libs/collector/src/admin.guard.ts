import { createHash, timingSafeEqual } from 'node:crypto';
import {
  Inject,
  Injectable,
  NotFoundException,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { CollectorConfig } from './config';
import { CONFIG } from './tokens';

/** Lets the holder of DAS_ADMIN_TOKEN in. Where that is not set there is no /admin at all. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: CollectorConfig,
    @Inject(PinoLogger) private readonly log: PinoLogger,
  ) {}

  canActivate(context: ExecutionContext): true {
    const { DAS_ADMIN_TOKEN: token } = this.config;
    if (token === undefined) throw new NotFoundException();
    const { headers } = context
      .switchToHttp()
      .getRequest<{ readonly headers: { readonly authorization?: string } }>();
    const [, given = ''] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
    // Digests have one length, so the comparison tells nothing of the token's.
    if (timingSafeEqual(digest(given), digest(token))) return true;
    this.log.logger.warn({ audit: 'admin_refused' }, 'a request to /admin had no valid token');
    throw new UnauthorizedException();
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
