// The JSON of wallets of a program, with every policy that a wallet can have.
import fc from 'fast-check'

export const duration = (
  max: number,
  min = 1,
): fc.Arbitrary<{ readonly amount: number; readonly unit: 'hour' | 'day' | 'week' | 'month' }> =>
  fc.record({
    amount: fc.integer({ min, max }),
    unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
  })

const calendar = fc.constantFrom(
  { unit: 'week', startsOn: 1 },
  { unit: 'month' },
  { unit: 'quarter', startMonth: 2 },
  { unit: 'year', startMonth: 2, startDay: 29 },
)

const yearlyDates = fc.uniqueArray(
  fc.constantFrom({ month: 1, day: 1 }, { month: 2, day: 29 }, { month: 3, day: 31 }, { month: 10, day: 27 }),
  { minLength: 1, maxLength: 3 },
)

const from = fc.constantFrom('activation', 'earning')

const pending = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: duration(30).map((of) => ({ type: 'duration', duration: of })) },
  { weight: 1, arbitrary: yearlyDates.map((dates) => ({ type: 'dates', dates })) },
  {
    weight: 1,
    arbitrary: duration(20).map((cancelAfter) => ({ type: 'action', action: 'delivery', cancelAfter })),
  },
)

const rolling = fc
  .record({ after: duration(14, 0), from, endOf: fc.option(calendar, { nil: undefined }) })
  .map(({ endOf, ...rest }) => ({ type: 'rolling', ...rest, ...(endOf === undefined ? {} : { endOf }) }))

const dates = fc.record({ type: fc.constant('dates'), dates: yearlyDates, from, atLeast: duration(8, 0) })

const inactivity = fc
  .record({
    after: duration(12),
    resetBy: fc.subarray(['accrual', 'purchase', 'redemption', 'adjustment', 'transferIn', 'conversion']),
    resetByActions: fc.option(fc.constant(['visit']), { nil: undefined }),
    merge: fc.option(fc.constantFrom('perLot', 'latest', 'replace'), { nil: undefined }),
  })
  .map(({ resetByActions, merge, ...rest }) => ({
    type: 'inactivity',
    ...rest,
    ...(resetByActions === undefined ? {} : { resetByActions }),
    ...(merge === undefined ? {} : { merge }),
  }))

const expiry = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: rolling },
  { weight: 1, arbitrary: dates },
  { weight: 2, arbitrary: inactivity },
)

const funders = ['shop', 'brand', '__proto__']

const burn = fc.record(
  {
    order: fc.constantFrom('soonestExpiring', 'oldest', 'newest'),
    expiringWithin: duration(10),
    promotionalFirst: fc.boolean(),
    funders: fc.subarray(funders),
  },
  { requiredKeys: ['order'] },
)

const clawBack = fc.record({
  limit: fc.constantFrom('pendingOnly', 'withinBalance', 'unlimited'),
  from: fc.constantFrom('soonestExpiring', 'latestExpiring', 'ownLotOnly'),
})

const restoration = fc.oneof(
  fc.constant({ type: 'originalExpiry' }),
  fc.constant({ type: 'reissue' }),
  duration(3).map((atLeast) => ({ type: 'grace', atLeast })),
)

const decay = fc.record({
  every: calendar,
  rate: fc.constantFrom('0.05', '0.5', '0', '1', '0.000001'),
  atLeast: fc.constantFrom(0, 1, 5, 50),
  rounding: fc.constantFrom('floor', 'ceil', 'halfEven'),
})

const plain = (id: string) => fc.record({ id: fc.constant(id), decimals: fc.constantFrom(0, 0, 2), pending, expiry })

/** A policy is there in one wallet of three, so that histories show each alone as well as together. */
const sometimes = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 }).chain((value) => fc.constantFrom(value, value, undefined))

/** A wallet of this id; where there are others, its points may move into one of them instead of expiring. */
export const walletJson = (id: string, others: ReadonlyArray<string> = []): fc.Arbitrary<object> =>
  fc
    .record({
      base: plain(id),
      burn: sometimes(burn),
      clawBack: sometimes(clawBack),
      restoration: sometimes(restoration),
      holds: sometimes(fc.record({ validity: fc.option(duration(5)), protectsExpiry: fc.boolean() })),
      writeOffAfter: sometimes(fc.option(duration(6))),
      decay: sometimes(decay),
      reinstatement: fc.option(
        fc.record({ amount: fc.integer({ min: 1, max: 5 }), unit: fc.constantFrom('week', 'month') }),
        {
          nil: undefined,
        },
      ),
      onExpiry: sometimes(
        fc.oneof(
          fc.constant({ type: 'donate', recipient: 'charity' }),
          ...others.map((wallet) => fc.constant({ type: 'move', wallet })),
        ),
      ),
    })
    .map(({ base, ...policies }) => ({
      ...base,
      ...Object.fromEntries(Object.entries(policies).filter(([, policy]) => policy !== undefined)),
    }))
