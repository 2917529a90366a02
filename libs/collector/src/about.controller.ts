import { Controller, Get, Inject } from '@nestjs/common';
import type { CollectorDeclaration } from './declaration';
import { DECLARATION } from './tokens';

/** What runs here: for `das fleet status`, and for whoever wonders. Nothing secret, nothing of a record. */
export interface AboutAnswer {
  readonly collector: string;
  readonly version: string;
  /** Version of the template that it was made from or last brought up to; null: it was not made from it. */
  readonly template: string | null;
  readonly domain: string;
  readonly stream: string;
  /** Of the contract that it collects by. */
  readonly contractVersion: string;
  readonly source: string;
  readonly node: string;
  /** Seconds since it was started. */
  readonly upSeconds: number;
}

@Controller('about')
export class AboutController {
  constructor(@Inject(DECLARATION) private readonly declaration: CollectorDeclaration) {}

  @Get()
  about(): AboutAnswer {
    const { name, version, template = null, contracts } = this.declaration;
    const { domain, stream, version: contractVersion, source } = contracts[0];
    return {
      collector: name,
      version,
      template,
      domain,
      stream,
      contractVersion,
      source: `${source.kind}:${source.log}`,
      node: process.version,
      upSeconds: Math.round(process.uptime()),
    };
  }
}
