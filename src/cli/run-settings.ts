import { optionSetting, parseSetting, type Setting } from '../scenario/setting.js';

/** What the command line of `hubsim run` says above the files. */
interface Overrides {
  readonly set: readonly string[];
  readonly until?: string | undefined;
  readonly profile?: string | undefined;
}

/** What the command line puts above the files, in this order. Throws InputError for what sets nothing. */
export function settingsOf({ set, until, profile }: Overrides): Setting[] {
  const settings = set.map(parseSetting);
  if (until !== undefined) settings.push({ path: 'stop.atMost', value: until, label: `--until ${until}` });
  if (profile !== undefined) settings.push(optionSetting(`--profile ${profile}`, 'cluster.profile', profile));
  return settings;
}
