import { Catch, Inject, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** Nest's own answer repeats the path that was asked for, and a log of answers would keep it. */
@Catch(NotFoundException)
export class NotFoundFilter implements ExceptionFilter {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  catch(_: NotFoundException, context: ArgumentsHost): void {
    const answer = { statusCode: 404, message: 'Not Found' };
    this.host.httpAdapter.reply(context.switchToHttp().getResponse(), answer, answer.statusCode);
  }
}
