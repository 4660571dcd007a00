/** A table for the terminal without lines between its rows. */
export const COMPACT: {
  readonly mid: string;
  readonly 'left-mid': string;
  readonly 'mid-mid': string;
  readonly 'right-mid': string;
} = {
  mid: '',
  'left-mid': '',
  'mid-mid': '',
  'right-mid': '',
};
