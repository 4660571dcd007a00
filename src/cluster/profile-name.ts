/** The profiles that come with hubsim (`profiles/NAME.yaml`). */
export const PROFILE_NAMES = [
  'ideal',
  'vm-2-core',
  'control-plane-8-core',
  'control-plane-16-core',
  'control-plane-64-core',
] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];
