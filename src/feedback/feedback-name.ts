// Names and ids in what applications write: short, and never empty.

import { type Codec, refineCodec, stringCodec } from '../foundation/index.ts'

export const feedbackName: Codec<string> = /* @__PURE__ */ refineCodec<string, string, string>(
  stringCodec,
  'Name',
  'a text of 1 to 200 characters',
  (text) => text.length > 0 && text.length <= 200,
  { minLength: 1, maxLength: 200 },
)
