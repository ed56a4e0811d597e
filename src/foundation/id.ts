// The ids of everything that has one.
import type { Brand } from './brand.ts'
import type { Codec } from './codec.ts'
import { stringCodec } from './codec-primitive.ts'
import { refineCodec } from './codec-refine.ts'

// Of any length: ids that follow from other ids are longer than those.
const idCodec = <B extends string>(name: string): Codec<B, string> =>
  refineCodec<string, string, B>(stringCodec, name, 'a text that is not empty', (text) => text.length > 0, {
    minLength: 1,
  })

/** The id of a member of a program. */
export type MemberId = Brand<string, 'MemberId'>

/** Reads the id of a member of a program: any text that is not empty. */
export const MemberId: Codec<MemberId, string> = /* @__PURE__ */ idCodec('MemberId')

/** The id of an activity: something that happened outside and is told to the program. */
export type ActivityId = Brand<string, 'ActivityId'>

/** Reads the id of an activity: something that happened outside and is told to the program: any text that is not empty. */
export const ActivityId: Codec<ActivityId, string> = /* @__PURE__ */ idCodec('ActivityId')

/** The id of a line of an order. */
export type LineId = Brand<string, 'LineId'>

/** Reads the id of a line of an order: any text that is not empty. */
export const LineId: Codec<LineId, string> = /* @__PURE__ */ idCodec('LineId')

/** The id of a wallet: one kind of points that a member can hold. */
export type WalletId = Brand<string, 'WalletId'>

/** Reads the id of a wallet: one kind of points that a member can hold: any text that is not empty. */
export const WalletId: Codec<WalletId, string> = /* @__PURE__ */ idCodec('WalletId')

/** The id of a lot: points that were granted together. */
export type LotId = Brand<string, 'LotId'>

/** Reads the id of a lot: points that were granted together: any text that is not empty. */
export const LotId: Codec<LotId, string> = /* @__PURE__ */ idCodec('LotId')

/** The id of an earning rule. */
export type RuleId = Brand<string, 'RuleId'>

/** Reads the id of an earning rule: any text that is not empty. */
export const RuleId: Codec<RuleId, string> = /* @__PURE__ */ idCodec('RuleId')

/** The id of a ladder of tiers. */
export type LadderId = Brand<string, 'LadderId'>

/** Reads the id of a ladder of tiers: any text that is not empty. */
export const LadderId: Codec<LadderId, string> = /* @__PURE__ */ idCodec('LadderId')

/** The id of a tier of a ladder. */
export type TierId = Brand<string, 'TierId'>

/** Reads the id of a tier of a ladder: any text that is not empty. */
export const TierId: Codec<TierId, string> = /* @__PURE__ */ idCodec('TierId')

/** The id of a referral. */
export type ReferralId = Brand<string, 'ReferralId'>

/** Reads the id of a referral: any text that is not empty. */
export const ReferralId: Codec<ReferralId, string> = /* @__PURE__ */ idCodec('ReferralId')

/** The id of a program. */
export type ProgramId = Brand<string, 'ProgramId'>

/** Reads the id of a program: any text that is not empty. */
export const ProgramId: Codec<ProgramId, string> = /* @__PURE__ */ idCodec('ProgramId')

/** The id of a cap or budget. */
export type CapId = Brand<string, 'CapId'>

/** Reads the id of a cap or budget: any text that is not empty. */
export const CapId: Codec<CapId, string> = /* @__PURE__ */ idCodec('CapId')

/** The id of a campaign of earning rules. */
export type CampaignId = Brand<string, 'CampaignId'>

/** Reads the id of a campaign of earning rules: any text that is not empty. */
export const CampaignId: Codec<CampaignId, string> = /* @__PURE__ */ idCodec('CampaignId')

/** The id of whoever pays for points. */
export type FunderId = Brand<string, 'FunderId'>

/** Reads the id of whoever pays for points: any text that is not empty. */
export const FunderId: Codec<FunderId, string> = /* @__PURE__ */ idCodec('FunderId')

/** The code of a reason, such as of a complaint or of leaving. */
export type ReasonId = Brand<string, 'ReasonId'>

/** Reads the code of a reason: any text that is not empty. */
export const ReasonId: Codec<ReasonId, string> = /* @__PURE__ */ idCodec('ReasonId')
