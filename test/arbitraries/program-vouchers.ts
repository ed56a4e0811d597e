// The vouchers of a program, and what members do with them.
import fc from 'fast-check'
import type { ActivityId, Instant, MemberId } from '../../src/foundation/index.ts'
import type {
  Activity,
  EnteredVoucher,
  MemberVoucher,
  MemberVouchers,
  Program,
  VoucherHeldChanged,
  VoucherUse,
  VoucherUseChanged,
} from '../../src/program/index.ts'
import type { VoucherCode, VoucherId } from '../../src/rewards/index.ts'

const maybe = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | null> => fc.option(arbitrary, { nil: null, freq: 2 })

const benefit = fc.oneof(
  fc.record({
    type: fc.constant('percent'),
    basisPoints: fc.integer({ min: 1, max: 10_000 }),
    of: fc.constantFrom('initial', 'running'),
    maximumMinor: maybe(fc.nat({ max: 2_000 })),
    rounding: fc.constantFrom('floor', 'halfUp'),
  }),
  fc.integer({ min: 1, max: 9_000 }).map((minor) => ({ type: 'fixed', minor })),
  fc.constant({ type: 'shipping', basisPoints: 10_000, maximumMinor: null, rounding: 'floor' }),
  fc.integer({ min: 1, max: 90_000 }).map((balanceMinor) => ({ type: 'giftCredit', balanceMinor })),
  fc.constant({ type: 'product', sku: 'mug', quantity: 2 }),
  fc.constant({
    type: 'buyXGetY',
    buy: 1,
    get: 1,
    basisPoints: 5_000,
    maximumSets: null,
    shareOver: 'set',
    rounding: 'floor',
  }),
)

const voucherJson = (currency: string, ladders: number) =>
  fc
    .record({
      id: fc.constantFrom('ten', '__proto__', 'card'),
      benefit,
      products: fc.constantFrom(null, null, { skus: [], categories: ['books', '__proto__'] }),
      minimumSpend: fc.constantFrom(null, null, { minor: 900, on: 'afterDiscount' }),
      when: fc.constantFrom(null, null, { field: 'orderNumber', atLeast: 2 }),
      groups: fc.subarray(['summer']),
      exclusiveWith: fc.constantFrom([], [], ['summer']),
      limits: fc.array(
        fc.record({ times: fc.integer({ min: 1, max: 3 }), per: maybe(fc.constant({ unit: 'month' })) }),
        { maxLength: 2 },
      ),
      total: fc.constantFrom(null, null, null, 2),
      validity: maybe(fc.record({ amount: fc.integer({ min: 1, max: 20 }), unit: fc.constantFrom('hour', 'day') })),
      open: fc.boolean(),
      tiers: ladders === 0 ? fc.constant(null) : fc.constantFrom(null, ['ladder 0/tier 1']),
    })
    .map(({ limits, total, validity, open, tiers, ...voucher }) => ({
      voucher: { ...voucher, currency, validFrom: null, validUntil: null, members: null },
      use: open && voucher.benefit.type !== 'giftCredit' ? 'open' : 'granted',
      limits,
      total,
      validity,
      reward: null,
      ...(tiers === null || (open && voucher.benefit.type !== 'giftCredit') ? {} : { tiers }),
    }))

/** The JSON of the vouchers of a program. */
export const voucherSchemeJson = (currency: string, ladders: number): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.uniqueArray(voucherJson(currency, ladders), {
        minLength: 1,
        maxLength: 3,
        selector: ({ voucher }) => voucher.id,
      }),
      fc.constantFrom('stack', 'best', 'listOrder', 'bestCombination'),
      fc.constantFrom(null, 4_000),
    )
    .map(([vouchers, mode, maximumBasisPoints]) => ({
      plan: {
        root: { mode, of: vouchers.map(({ voucher }) => ({ mode: 'voucher', voucher: voucher.id })) },
        maximumBasisPoints,
      },
      vouchers,
    }))

/** The vouchers of a program of which some are entered. */
export const enteredVouchers: fc.Arbitrary<(program: Program) => ReadonlyArray<EnteredVoucher>> = fc
  .array(fc.boolean(), { minLength: 3, maxLength: 3 })
  .map(
    (which) =>
      ({ vouchers }) =>
        (vouchers?.vouchers ?? []).flatMap(({ voucher }, index) =>
          which[index] === true ? [{ voucher: voucher.id }] : [],
        ),
  )

interface Told {
  readonly program: Program
  readonly before: ReadonlyArray<Activity>
  readonly base: { readonly id: ActivityId; readonly member: MemberId; readonly at: Instant }
}

/** A voucher is granted, or taken back. */
export const voucherActivity: fc.Arbitrary<(told: Told) => Activity | undefined> = fc
  .tuple(
    fc.nat({ max: 2 }),
    fc.constantFrom(true, true, true, false),
    fc.option(fc.nat({ max: 9 }), { nil: undefined }),
  )
  .map(([which, grants, days]) => ({ program, before, base }) => {
    const granted = before.filter(({ type }) => type === 'voucherGranted')
    const last = granted[granted.length - 1]
    if (!grants && last !== undefined) return { type: 'voucherRevoked', ...base, grant: last.id }
    const known = (program.vouchers?.vouchers ?? []).filter(({ use }) => use === 'granted')
    const voucher = known[which % Math.max(1, known.length)]?.voucher.id
    if (voucher === undefined) return undefined
    const until = days === undefined ? {} : { validUntil: (base.at + days * 86_400_000) as Instant }
    return { type: 'voucherGranted', ...base, voucher, ...until }
  })

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => ms as Instant)
const voucherId = fc.constantFrom('ten', '__proto__').map((id) => id as VoucherId)

const memberVoucher: fc.Arbitrary<MemberVoucher> = fc.record({
  id: fc.constantFrom('v-1', '__proto__', 'v-2').map((id) => id as ActivityId),
  voucher: voucherId,
  code: maybe(fc.constant('SUMMER-1' as VoucherCode)),
  grantedAt: instant,
  validUntil: maybe(instant),
  credit: maybe(fc.record({ initialMinor: fc.nat(), leftMinor: fc.nat() })),
})

const voucherUse: fc.Arbitrary<VoucherUse> = fc.record({
  purchase: fc.constantFrom('o-1', '__proto__').map((id) => id as ActivityId),
  voucher: voucherId,
  at: instant,
  grant: maybe(memberVoucher),
  minor: fc.nat(),
  keptUntil: instant,
})

const count = fc.record({ voucher: voucherId, at: fc.array(instant, { maxLength: 2 }) })

/** What a member may have of vouchers. */
export const memberVouchers: fc.Arbitrary<MemberVouchers> = fc.record({
  held: fc.uniqueArray(memberVoucher, { maxLength: 2, selector: ({ id }) => id }),
  uses: fc.uniqueArray(voucherUse, { maxLength: 2, selector: ({ purchase }) => purchase }),
  counts: fc.uniqueArray(count, { maxLength: 2, selector: ({ voucher }) => voucher }),
})

/** An event about a voucher that a member has. */
export const voucherHeldChanged: fc.Arbitrary<VoucherHeldChanged> = fc.record({
  type: fc.constant('voucherHeldChanged'),
  at: instant,
  change: fc.constantFrom('granted', 'expired', 'revoked'),
  grant: memberVoucher,
})

/** An event about a voucher that is used. */
export const voucherUseChanged: fc.Arbitrary<VoucherUseChanged> = fc.record({
  type: fc.constant('voucherUseChanged'),
  at: instant,
  change: fc.constantFrom('used', 'restored'),
  use: voucherUse,
  count,
  gifts: fc.constantFrom([], [{ sku: 'mug', quantity: 2 }]),
})
