import type { Warehouse } from './account-model';
import type { Variables } from './account-objects';
import { PROFILES, type AccountDeclaration, type Profile } from './declaration-schema';

/** What differs between profiles, by profile. */
export function variablesByProfile(
  warehouses: readonly Warehouse[],
  declaration: AccountDeclaration,
): Readonly<Record<Profile, Variables>> {
  const [production, development] = PROFILES.map((profile) => variablesOf(profile, warehouses, declaration));
  return { production: production ?? {}, development: development ?? {} };
}

function variablesOf(
  profile: Profile,
  warehouses: readonly Warehouse[],
  declaration: AccountDeclaration,
): Variables {
  const variables: Record<string, string | number> = {
    environment: profile,
    time_travel_days: declaration.retention.timeTravelDays[profile],
    idle_minutes: declaration.people.idleMinutes[profile],
    serverless_credits: declaration.serverlessCredits[profile],
  };
  for (const { name, declared } of warehouses) {
    variables[`${name.toLowerCase()}_size`] = declared.size[profile];
    variables[`${name.toLowerCase()}_credits`] = declared.creditsPerMonth[profile];
  }
  return variables;
}

/** Fills in what schemachange would. @throws Error for a name that no profile has */
export function filled(text: string, variables: Variables): string {
  return text.replaceAll(/\{\{ (\w+) \}\}/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`no profile says what ${name} is`);
    return String(value);
  });
}
