/** The ids of what is given away. */
import { type Brand, type Codec, refineCodec, stringCodec } from '../foundation/index.ts'

const idCodec = <B extends string>(name: string): Codec<B, string> =>
  refineCodec<string, string, B>(stringCodec, name, 'a text that is not empty', (text) => text.length > 0, {
    minLength: 1,
  })

/** The id of a reward of a catalogue. */
export type RewardId = Brand<string, 'RewardId'>

/** Reads the id of a reward of a catalogue: any text that is not empty. */
export const RewardId: Codec<RewardId, string> = /* @__PURE__ */ idCodec('RewardId')

/** The id of a voucher: the offer that codes stand for. */
export type VoucherId = Brand<string, 'VoucherId'>

/** Reads the id of a voucher: any text that is not empty. */
export const VoucherId: Codec<VoucherId, string> = /* @__PURE__ */ idCodec('VoucherId')

/** The id of a kind of stamp card. */
export type StampCardId = Brand<string, 'StampCardId'>

/** Reads the id of a kind of stamp card: any text that is not empty. */
export const StampCardId: Codec<StampCardId, string> = /* @__PURE__ */ idCodec('StampCardId')

/** The id of whoever is to get something that is owed: a partner or a charity. */
export type BeneficiaryId = Brand<string, 'BeneficiaryId'>

/** Reads the id of a partner or a charity: any text that is not empty. */
export const BeneficiaryId: Codec<BeneficiaryId, string> = /* @__PURE__ */ idCodec('BeneficiaryId')
