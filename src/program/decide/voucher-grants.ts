/** Vouchers that members get, by hand or with a reward, and that run out or are taken back. */
import * as E from 'fp-ts/Either'
import { type ActivityId, addDuration, formatInstant, type Instant } from '../../foundation/index.ts'
import type { RewardRedemption, VoucherId } from '../../rewards/index.ts'
import type { VoucherActivity, VoucherGranted, VoucherRevoked } from '../activity/voucher-activity.ts'
import type { ProgramVoucher } from '../definition/program-voucher.ts'
import type { MemberState } from '../state/member-state.ts'
import type { MemberVoucher, VoucherHeldChanged } from '../state/member-vouchers.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import type { Rejection } from './rejection.ts'

const change = (draft: Draft, at: Instant, what: VoucherHeldChanged['change'], grant: MemberVoucher): void => {
  emit(draft, { type: 'voucherHeldChanged', at, change: what, grant })
  if (!draft.tracing) return
  const { id, voucher, validUntil } = grant
  draft.steps.push({ step: 'voucher', change: what, voucher, grant: id, validUntil })
}

/** What the activity may say otherwise than the program. */
type GrantTerms = Pick<VoucherGranted, 'code' | 'validUntil' | 'creditMinor'>

const grantVoucher = (
  draft: Draft,
  { voucher, validity }: ProgramVoucher,
  id: ActivityId,
  at: Instant,
  { code, validUntil, creditMinor }: GrantTerms = {},
): void => {
  const own = validity === null ? null : addDuration(draft.program.zone, at, validity)
  const { benefit } = voucher
  const initialMinor = creditMinor ?? (benefit.type === 'giftCredit' ? benefit.balanceMinor : 0)
  change(draft, at, 'granted', {
    id,
    voucher: voucher.id,
    code: code ?? null,
    grantedAt: at,
    validUntil: validUntil ?? own,
    credit: benefit.type === 'giftCredit' ? { initialMinor, leftMinor: initialMinor } : null,
  })
}

/** The voucher of the program that is granted, or that there is none. */
const grantable = (draft: Draft, { voucher: id }: VoucherGranted): E.Either<Rejection, ProgramVoucher> => {
  const vouchers = draft.program.vouchers?.vouchers ?? new Map<VoucherId, ProgramVoucher>()
  const found = vouchers.get(id)
  if (found?.use === 'granted') return E.right(found)
  const names = [...vouchers.values()].filter(({ use }) => use === 'granted').map(({ voucher }) => voucher.id)
  const expected = `a voucher of the program that is granted: ${names.join(', ')}`
  return E.left([{ _tag: 'UnknownVoucher', path: ['voucher'], expected, voucher: id }])
}

const decideGranted = (draft: Draft, activity: VoucherGranted): E.Either<Rejection, void> => {
  const found = grantable(draft, activity)
  if (E.isLeft(found)) return found
  grantVoucher(draft, found.right, activity.id, activity.at, activity)
  return E.right(undefined)
}

const decideRevoked = (draft: Draft, { at, grant: id }: VoucherRevoked): E.Either<Rejection, void> => {
  const grant = draft.state.vouchers.held.find((one) => one.id === id)
  if (grant === undefined) {
    const expected = 'a voucher that the member has'
    return E.left([{ _tag: 'UnknownVoucherGrant', path: ['grant'], expected, grant: id }])
  }
  change(draft, at, 'revoked', grant)
  return E.right(undefined)
}

export const decideVoucherActivity = (draft: Draft, activity: VoucherActivity): E.Either<Rejection, void> =>
  activity.type === 'voucherGranted' ? decideGranted(draft, activity) : decideRevoked(draft, activity)

const isWhole = ({ credit }: MemberVoucher): boolean => credit === null || credit.leftMinor === credit.initialMinor

/** Grants a voucher for a level that is reached. */
export const grantForLevel = (draft: Draft, voucher: VoucherId, id: ActivityId, at: Instant): void => {
  const found = draft.program.vouchers?.vouchers.get(voucher)
  if (found !== undefined) grantVoucher(draft, found, id, at)
}

const tierGrantId = (voucher: VoucherId, tier: string, at: Instant): ActivityId =>
  effectId('tierVoucher', [voucher, tier], formatInstant(at) as ActivityId)

/** Grants the vouchers of a tier that is reached, as `ladder/tier`. */
export const grantForTier = (draft: Draft, tier: string, at: Instant): void => {
  for (const one of draft.program.vouchers?.vouchers.values() ?? []) {
    if (one.tiers?.includes(tier) === true) grantVoucher(draft, one, tierGrantId(one.voucher.id, tier, at), at)
  }
}

const revokeUnused = (draft: Draft, isIt: (grant: MemberVoucher) => boolean, at: Instant): void => {
  for (const grant of draft.state.vouchers.held) if (isWhole(grant) && isIt(grant)) change(draft, at, 'revoked', grant)
}

/** Takes vouchers of a level back: unused, what was used stays so. */
export const revokeForLevel = (draft: Draft, prefix: string, at: Instant): void => {
  revokeUnused(draft, ({ id }) => id.startsWith(prefix), at)
}

/** Takes vouchers back that were granted for reaching a tier at an instant: unused, what was used stays so. */
export const revokeForTier = (draft: Draft, tier: string, reachedAt: Instant, at: Instant): void => {
  revokeUnused(draft, ({ id, voucher }) => id === tierGrantId(voucher, tier, reachedAt), at)
}

/** Grants the vouchers of a reward that is issued; their ids. */
export const grantOfReward = (
  draft: Draft,
  { id, reward }: RewardRedemption,
  at: Instant,
): ReadonlyArray<ActivityId> => {
  const granted: Array<ActivityId> = []
  for (const one of draft.program.vouchers?.vouchers.values() ?? []) {
    if (one.reward !== reward) continue
    const grant = effectId('voucher', [one.voucher.id], id)
    grantVoucher(draft, one, grant, at)
    granted.push(grant)
  }
  return granted
}

/** Takes the vouchers of a reward back; whether they were all there, unused. */
export const revokeOfReward = (draft: Draft, ids: ReadonlyArray<ActivityId>, at: Instant): boolean => {
  const held = draft.state.vouchers.held.filter((one) => ids.includes(one.id) && isWhole(one))
  if (held.length < ids.length) return false
  for (const grant of held) change(draft, at, 'revoked', grant)
  return true
}

/** When the next voucher runs out; `null`: none does. */
export const nextVoucherExpiry = ({ vouchers }: Pick<MemberState, 'vouchers'>): Instant | null => {
  let next: Instant | null = null
  for (const { validUntil } of vouchers.held) {
    if (validUntil !== null && (next === null || validUntil < next)) next = validUntil
  }
  return next
}

/** Vouchers that have run out are gone. */
export const expireVouchers = (draft: Draft, at: Instant): void => {
  for (const grant of draft.state.vouchers.held) {
    if (grant.validUntil !== null && grant.validUntil <= at) change(draft, at, 'expired', grant)
  }
}
