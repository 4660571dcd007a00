import * as z from 'zod';
import type { LinkTerms } from '../cluster/link-wire.js';
import type { Distribution } from '../random/distribution.js';
import type { LinkEndInput } from './link-ends.js';
import { bitRate } from './link-terms.js';
import { distribution, section } from './schema-values.js';
import { linkEndKey } from './steps/step-keys.js';

/** One of `network.links`. */
export interface NetworkLinkInput extends LinkTerms {
  readonly from: LinkEndInput;
  readonly to: LinkEndInput;
}

/** `network:` as written. */
export interface NetworkInput {
  readonly delay?: Distribution | undefined;
  readonly links?: readonly NetworkLinkInput[] | undefined;
}

const networkLink: z.ZodType<NetworkLinkInput> = section(
  {
    from: linkEndKey('One end'),
    to: linkEndKey('The other'),
    delay: distribution('One way').optional(),
    bandwidth: bitRate('What gets through each way').optional(),
  },
  'A link that is not like the others: between each process or node at one end and each process at the other',
);

export const network: z.ZodType<NetworkInput> = section(
  {
    delay: distribution('One way between any two machines').optional(),
    links: z
      .array(networkLink)
      .optional()
      .describe('Links that are not like the others; of two that mean the same, the later counts'),
  },
  'The wire',
);
