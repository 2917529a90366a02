import { z } from 'zod';

const text = z.string().min(1);
const sqlName = text.regex(/^[A-Z][A-Z0-9_]*$/, 'is not an upper-case SQL name');
const count = z.number().int().positive();

/** A value that differs between the profiles. */
function byProfile<T extends z.ZodType>(value: T) {
  return z.strictObject({ production: value, development: value });
}

const SIZES = ['XSMALL', 'SMALL', 'MEDIUM', 'LARGE', 'XLARGE'] as const;

/** What `contracts/account.yaml` says. */
export const accountDeclaration = z.strictObject({
  warehouses: z.record(
    sqlName,
    z.strictObject({
      description: text,
      size: byProfile(z.enum(SIZES)),
      autoSuspendSeconds: count,
      creditsPerMonth: byProfile(count),
      users: z.array(sqlName),
    }),
  ),
  services: z.record(sqlName, z.strictObject({ role: sqlName, network: text })),
  people: z.strictObject({ passwordMinLength: count, idleMinutes: byProfile(count), network: text }),
  /** Who may let somebody have the emergency role, and who is told of it by e-mail; roles.yaml says for how long. */
  breakGlass: z.strictObject({ givenBy: sqlName, tells: z.array(z.email()).min(1) }),
  /** Tasks, dynamic tables and streaming, which no resource monitor sees: a budget tells, and stops nothing. */
  serverlessCredits: byProfile(count),
  /** List price, and what a month may cost at most; undefined: what the monitors let through. */
  costs: byProfile(z.strictObject({ usdPerCredit: z.number().positive(), monthlyUsd: count.optional() })),
  retention: z.strictObject({
    silverDays: count,
    deadLetterDays: count,
    opsDays: count,
    eventDays: count,
    timeTravelDays: byProfile(count),
  }),
});

export const networkPolicies = z.strictObject({
  policies: z.record(
    text,
    z.strictObject({
      description: text,
      /** `account`: of everybody who has none of their own; `service`: of the services that name it. */
      for: z.enum(['account', 'service']),
      allow: z
        .array(text.regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, 'is no IPv4 range such as 203.0.113.0/28'))
        .min(1),
    }),
  ),
});

export const PROFILES = ['production', 'development'] as const;
export type Profile = (typeof PROFILES)[number];
export type AccountDeclaration = z.output<typeof accountDeclaration> & {
  readonly network: z.output<typeof networkPolicies>['policies'];
};
