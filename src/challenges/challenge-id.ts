/** The ids of what belongs to challenges, badges and draws. */
import { type Brand, type Codec, refineCodec, stringCodec } from '../foundation/index.ts'

const idCodec = <B extends string>(name: string): Codec<B, string> =>
  refineCodec<string, string, B>(stringCodec, name, 'a text that is not empty', (text) => text.length > 0, {
    minLength: 1,
  })

/** The id of a challenge or of a streak. */
export type ChallengeId = Brand<string, 'ChallengeId'>

/** Reads the id of a challenge or of a streak: any text that is not empty. */
export const ChallengeId: Codec<ChallengeId, string> = /* @__PURE__ */ idCodec('ChallengeId')

/** The id of a level of a challenge, a streak or a badge. */
export type LevelId = Brand<string, 'LevelId'>

/** Reads the id of a level: any text that is not empty. */
export const LevelId: Codec<LevelId, string> = /* @__PURE__ */ idCodec('LevelId')

/** The id of a badge. */
export type BadgeId = Brand<string, 'BadgeId'>

/** Reads the id of a badge: any text that is not empty. */
export const BadgeId: Codec<BadgeId, string> = /* @__PURE__ */ idCodec('BadgeId')

/** The id of a prize draw. */
export type DrawId = Brand<string, 'DrawId'>

/** Reads the id of a prize draw: any text that is not empty. */
export const DrawId: Codec<DrawId, string> = /* @__PURE__ */ idCodec('DrawId')

/** The id of a prize of a draw. */
export type PrizeId = Brand<string, 'PrizeId'>

/** Reads the id of a prize of a draw: any text that is not empty. */
export const PrizeId: Codec<PrizeId, string> = /* @__PURE__ */ idCodec('PrizeId')

/** The id of what a member's content is about or is published as: a product, an order, a post. */
export type ContentObjectId = Brand<string, 'ContentObjectId'>

/** Reads the id of what content is about: any text that is not empty. */
export const ContentObjectId: Codec<ContentObjectId, string> = /* @__PURE__ */ idCodec('ContentObjectId')
