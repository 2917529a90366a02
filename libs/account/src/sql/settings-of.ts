import type { Setting, SettingKind } from '../account-objects';
import { createSetting, setProperties } from './object-statements';

/** Makes objects of these kinds, or sets those that are there already. */
export function settingsOf(settings: readonly Setting[], kinds: readonly SettingKind[]): readonly string[] {
  return settings
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap((setting) => [
      asText(createSetting(setting)),
      asText(setProperties(setting, setting.properties)),
    ]);
}

/** sqlfluff has no grammar for most of these statements. */
export function asText(statement: string): string {
  return `EXECUTE IMMEDIATE $$${statement}$$`;
}
