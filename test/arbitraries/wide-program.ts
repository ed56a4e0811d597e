// Programs with every policy that there is, and histories with every activity.
import fc from 'fast-check'
import type { ActivityId, Instant, LineId, MemberId, Points } from '../../src/foundation/index.ts'
import { currency as currencyOf, decode, unwrap } from '../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  decodeProgram,
  MemberState,
  type Program,
  type Purchase,
} from '../../src/program/index.ts'
import { earningJson } from './earning-json.ts'
import { generatedOnce } from './generated-once.ts'
import { anna, compiledOf, gap, ladderJson, pick, starts, zones } from './program.ts'
import { challengeActivity, challengesJson, challengesPart } from './program-challenges.ts'
import { campaignsJson, donationActivity } from './program-donations.ts'
import { catalogueJson, rewardActivity } from './program-rewards.ts'
import { enteredVouchers, voucherActivity, voucherSchemeJson } from './program-vouchers.ts'
import { referralSchemeJson, referralStory, referralTelling } from './referral-activities.ts'
import { stampActivity, stampCardsJson } from './stamp-cards.ts'
import { duration, walletJson } from './wallet-json.ts'

const suspension = duration(2, 0).map((minimumNotice) => ({ ladder: 'ladder 0', tiers: ['tier 1'], minimumNotice }))

/** The JSON of a program that decodes. */
/** What is there. */
const given = (rooms: object): object =>
  Object.fromEntries(Object.entries(rooms).filter(([, room]) => room !== undefined))

const wideProgramJson: fc.Arbitrary<object> = fc
  .record({
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    zone: fc.constantFrom(...zones.map(({ id }) => id)),
    walletIds: fc.constantFrom(['points'], ['points', '__proto__']),
    returnWindow: duration(6),
    ladderCount: fc.integer({ min: 0, max: 2 }),
  })
  .chain(({ currency, zone, walletIds, returnWindow, ladderCount }) =>
    fc
      .record({
        wallets: fc.tuple(...walletIds.map((id, index) => walletJson(id, walletIds.slice(index + 1)))),
        earning: earningJson(walletIds, currency),
        ladders: fc.tuple(...Array.from({ length: ladderCount }, (_, n) => ladderJson(walletIds, `ladder ${n}`))),
        referral: fc.option(referralSchemeJson({ wallets: walletIds, currency, ladders: ladderCount }), {
          nil: undefined,
        }),
        stampCards: fc.option(stampCardsJson, { nil: undefined }),
        challenges: fc.option(challengesJson(['visit', 'enrolment', 'tierUpgraded', 'challengeReached']), {
          nil: undefined,
        }),
        incentives: fc.record(
          { vouchers: voucherSchemeJson(currency, ladderCount), campaigns: campaignsJson(currency) },
          { requiredKeys: [] },
        ),
        catalogue: catalogueJson({ wallets: walletIds, currency, ladders: ladderCount }),
        late: fc.option(
          fc.record({
            within: duration(20),
            countedBy: fc.constantFrom('activityDate', 'postingDate'),
            beforeEnrolment: fc.constantFrom('accept', 'reject'),
          }),
          {
            nil: undefined,
          },
        ),
        suspended: fc.option(suspension, { nil: undefined }),
      })
      .map(({ wallets, earning, ladders, challenges, catalogue, incentives, suspended, ...rooms }) => ({
        id: 'shop',
        version: 1,
        currency,
        zone,
        returnWindow,
        wallets: wallets.map((wallet, index) =>
          index === 0 && suspended !== undefined && ladders.length > 0 ? { ...wallet, suspension: suspended } : wallet,
        ),
        earning,
        ladders,
        ...given(rooms),
        ...challengesPart(challenges, rooms.stampCards, incentives.vouchers),
        ...catalogue,
        ...incentives,
        exchange: {
          rates: [
            { from: 'USD', to: currency, rate: '0.917', validFrom: '1970-01-01T00:00:00Z' },
            { from: 'USD', to: currency, rate: '1.21', validFrom: '2026-02-01T00:00:00Z' },
          ],
        },
        conversions: [
          ...(walletIds.length > 1
            ? [{ from: 'points', to: '__proto__', rate: { from: 3, to: 2 }, validFrom: '2020-01-01T00:00:00Z' }]
            : []),
          { from: 'partner', to: 'points', rate: { from: 3, to: 1 }, validFrom: '2020-01-01T00:00:00Z' },
        ],
      })),
  )

/** Programs ready to decide; a cap may by chance name a rule of another wallet, which does not decode. */
const wideProgram: fc.Arbitrary<CompiledProgram> = wideProgramJson
  .map(decodeProgram)
  .filter((decoded) => decoded._tag === 'Right')
  .map((decoded) => compiledOf(unwrap(decoded)))

/** What happens, without ids and dates. */
type Telling = (context: {
  readonly program: Program
  readonly before: ReadonlyArray<Activity>
  readonly base: { readonly id: ActivityId; readonly member: MemberId; readonly at: Instant }
}) => Activity | undefined

const categories = ['books', 'shoes', '__proto__', 'constructor']

const line = fc.record(
  {
    minor: fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 40_000 }) }, { weight: 1, arbitrary: fc.constant(0) }),
    of: fc.subarray(categories),
    quantity: fc.integer({ min: 1, max: 5 }),
    kind: fc.constantFrom('goods', 'goods', 'shipping', 'giftCard'),
    discount: fc.nat({ max: 5_000 }),
    abroad: fc.constantFrom(true, false, false),
  },
  { requiredKeys: ['minor', 'of'] },
)

export const wideLines = fc.array(line, { minLength: 1, maxLength: 4 })

const attributes = fc.record(
  {
    channel: fc.constantFrom('web', 'shop'),
    store: fc.constantFrom('north', 'south'),
    gift: fc.boolean(),
    visitNumber: fc.nat({ max: 10 }),
  },
  { requiredKeys: ['visitNumber'] },
)

type Base = Parameters<Telling>[0]['base']
type Line = typeof line extends fc.Arbitrary<infer A> ? A : never

const usd = unwrap(currencyOf('USD'))

/** A purchase in the program's currency, or with some lines in another. */
export const widePurchase = (
  { currency: own }: Pick<Program, 'currency'>,
  base: Base,
  lines: ReadonlyArray<Line>,
  more: Partial<Purchase> = {},
): Purchase => ({
  type: 'purchase',
  ...base,
  lines: lines.map(({ minor, of, discount, abroad = false, ...rest }, index) => {
    const currency = abroad ? usd : own
    return {
      id: `line ${index}` as LineId,
      amount: { minor, currency },
      categories: of,
      ...(discount === undefined ? {} : { discount: { minor: discount, currency } }),
      ...(rest as object),
    }
  }),
  ...more,
})

const ofType = <T extends Activity['type']>(before: ReadonlyArray<Activity>, type: T) =>
  before.filter((one): one is Extract<Activity, { type: T }> => one.type === type)

const points = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 300 })).map((n) => n as Points)
const walletIndex = fc.nat({ max: 1 })
const walletOf = (program: Program, index: number) => pick(program.wallets, index)?.id ?? ('points' as never)

const purchase: fc.Arbitrary<Telling> = fc
  .tuple(
    wideLines,
    attributes,
    fc.option(fc.nat({ max: 20 * 86_400_000 }), { nil: undefined, freq: 4 }),
    fc.nat(),
    enteredVouchers,
  )
  .map(([lines, of, lateMs, paid, enter]) => ({ program, base }) => {
    const vouchers = enter(program)
    // Vouchers count by the item, in the program's currency.
    const plain = lines.map(({ abroad: _, quantity: __, ...line }) => line)
    return widePurchase(program, base, vouchers.length === 0 ? lines : plain, {
      attributes: of,
      ...(lateMs === undefined ? {} : { occurredAt: (base.at - lateMs) as Instant }),
      ...(paid % 3 === 0
        ? { payments: [{ type: 'points' as const, amount: { minor: paid % 5_000, currency: program.currency } }] }
        : {}),
      ...(vouchers.length === 0 ? {} : { vouchers }),
    })
  })

const returned: fc.Arbitrary<Telling> = fc
  .record({
    which: fc.nat(),
    line: fc.nat(),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    all: fc.boolean(),
  })
  .map(({ which, line: index, share, all }) => ({ before, base }) => {
    const bought = pick(ofType(before, 'purchase'), which)
    const one = bought === undefined ? undefined : pick(bought.lines, index)
    if (bought === undefined || one === undefined) return undefined
    const amount = share === null ? {} : { amount: { ...one.amount, minor: Math.floor(one.amount.minor * share) } }
    return { type: 'return', ...base, purchase: bought.id, ...(all ? {} : { lines: [{ line: one.id, ...amount }] }) }
  })

const action: fc.Arbitrary<Telling> = fc
  .tuple(fc.constantFrom('visit', 'visit', 'delivery'), fc.nat({ max: 90 }))
  .map(([name, minutes]) => ({ base }) => ({
    type: 'action',
    ...base,
    name,
    ...(name === 'visit' ? { attributes: { minutes } } : {}),
  }))

const redemption: fc.Arbitrary<Telling> = fc
  .tuple(walletIndex, points, fc.boolean(), fc.nat())
  .map(([wallet, of, fromHold, which]) => ({ program, before, base }) => {
    const hold = fromHold ? pick(ofType(before, 'hold'), which) : undefined
    const id = hold?.wallet ?? walletOf(program, wallet)
    return { type: 'redemption', ...base, wallet: id, points: of, ...(hold === undefined ? {} : { hold: hold.id }) }
  })

const cancellation: fc.Arbitrary<Telling> = fc
  .tuple(fc.nat(), fc.option(points, { nil: undefined }), fc.boolean())
  .map(([which, of, ofAction]) => ({ before, base }) => {
    const done = ofAction ? pick(ofType(before, 'action'), which) : undefined
    if (done !== undefined) return { type: 'actionCancellation', ...base, action: done.id }
    const spent = pick(ofType(before, 'redemption'), which)
    if (spent === undefined) return undefined
    const part = of === undefined ? {} : { points: of }
    return { type: 'redemptionCancellation', ...base, redemption: spent.id, ...part }
  })

const holding: fc.Arbitrary<Telling> = fc
  .tuple(walletIndex, points, fc.option(fc.nat({ max: 10 * 86_400_000 }), { nil: undefined }), fc.boolean(), fc.nat())
  .map(([wallet, of, ms, releases, which]) => ({ program, before, base }) => {
    const held = pick(ofType(before, 'hold'), which)
    if (releases && held !== undefined) return { type: 'holdRelease', ...base, hold: held.id }
    const until = ms === undefined ? {} : { until: (base.at + ms) as Instant }
    return { type: 'hold', ...base, wallet: walletOf(program, wallet), points: of, ...until }
  })

const byHand: fc.Arbitrary<Telling> = fc
  .tuple(walletIndex, points, fc.constantFrom('in' as const, 'out' as const, 'longer' as const), fc.nat({ max: 90 }))
  .map(([wallet, of, direction, days]) => ({ program, base }) => {
    const id = walletOf(program, wallet)
    if (direction === 'longer') {
      const to = (base.at + days * 86_400_000) as Instant
      const term = days % 3 === 0 ? { by: { amount: days, unit: 'day' as const } } : { to }
      return { type: 'extension', ...base, wallet: id, ...term, ...(days % 2 === 0 ? {} : { expiringBefore: to }) }
    }
    return { type: 'adjustment', ...base, wallet: id, direction, points: of, reason: 'goodwill', actor: 'service' }
  })

const away: fc.Arbitrary<Telling> = fc
  .tuple(fc.constantFrom('transferOut' as const, 'merge' as const, 'conversion' as const), points)
  .map(([type, of]) => ({ program, base }) => {
    const [first, second] = program.wallets
    const wallet = first?.id ?? ('points' as never)
    if (type === 'transferOut') return { type, ...base, wallet, points: of, to: 'bob' as MemberId }
    if (type === 'merge') return { type, ...base, into: 'bob' as MemberId }
    return second === undefined ? undefined : { type, ...base, from: wallet, to: second.id, points: of }
  })

const arriving: fc.Arbitrary<Telling> = fc
  .tuple(fc.constantFrom('partnerConversion' as const, 'openingBalance' as const, 'transferIn' as const), points)
  .map(([type, of]) => ({ program, base }) => {
    const wallet = walletOf(program, 0)
    if (type === 'partnerConversion') return { type, ...base, partner: 'partner', to: wallet, units: of }
    const lot = {
      id: `lot of ${base.id}`,
      points: Math.max(1, of),
      earnedAt: base.at,
      active: true,
      activeFrom: base.at,
      expiresAt: base.at + 9 * 86_400_000,
      source: base.id,
      kind: 'regular',
      funder: 'brand',
      awaits: null,
    }
    const lots = [lot] as never
    return type === 'openingBalance'
      ? { type, ...base, wallet, lots }
      : { type, ...base, wallet, from: 'bob' as MemberId, lots }
  })

const birthday: fc.Arbitrary<Telling> = fc
  .constantFrom({ month: 2, day: 29 }, { month: 3, day: 31 }, null)
  .map((birthDate) => ({ base }) => ({ type: 'birthDateChange', ...base, birthDate }))

const again: fc.Arbitrary<Telling> = walletIndex.map((wallet) => ({ program, base }) => ({
  type: 'reinstatement',
  ...base,
  wallet: walletOf(program, wallet),
}))

const referral: fc.Arbitrary<Telling> = referralTelling.map(
  (tell) =>
    ({ before, base }) =>
      tell(before, base),
)

const stamps: fc.Arbitrary<Telling> = stampActivity.map(
  (tell) =>
    ({ program, base }) =>
      tell(program, base),
)

const challenges: fc.Arbitrary<Telling> = challengeActivity.map(
  (tell) =>
    ({ program, before, base }) =>
      tell(program, before, base),
)

const repetition: fc.Arbitrary<Telling> = fc.nat().map(
  (which) =>
    ({ before }) =>
      pick(before, which),
)

const telling: fc.Arbitrary<Telling> = fc.oneof(
  { weight: 6, arbitrary: purchase },
  { weight: 3, arbitrary: returned },
  { weight: 2, arbitrary: action },
  { weight: 3, arbitrary: redemption },
  { weight: 2, arbitrary: cancellation },
  { weight: 2, arbitrary: holding },
  { weight: 1, arbitrary: byHand },
  { weight: 1, arbitrary: away },
  { weight: 1, arbitrary: arriving },
  { weight: 1, arbitrary: birthday },
  { weight: 3, arbitrary: again },
  { weight: 5, arbitrary: referral },
  { weight: 2, arbitrary: stamps },
  { weight: 5, arbitrary: rewardActivity },
  { weight: 4, arbitrary: challenges },
  { weight: 2, arbitrary: voucherActivity },
  { weight: 1, arbitrary: donationActivity },
  { weight: 1, arbitrary: repetition },
)

/** Bought, spent, and thought better of, one right after the other: where much comes back at once. */
const regret = fc
  .tuple(gap, purchase, fc.oneof(redemption, holding), fc.oneof(cancellation, returned, redemption))
  .map(([gapMs, bought, spent, undone]) => [
    { gapMs, tell: bought },
    { gapMs: 1, tell: spent },
    { gapMs: 1, tell: undone },
  ])

const tellings = fc.record({
  start: fc.constantFrom(...starts),
  steps: fc
    .array(
      fc.oneof(
        { weight: 9, arbitrary: fc.record({ gapMs: gap, tell: telling }).map((one) => [one]) },
        { weight: 2, arbitrary: regret },
        {
          weight: 2,
          arbitrary: referralStory.map((story) =>
            story.map(({ gapMs, tell }) => ({
              gapMs,
              tell: ({ before, base }: Parameters<Telling>[0]) => tell(before, base),
            })),
          ),
        },
      ),
      { maxLength: 14, size: 'max' },
    )
    .map((parts) => parts.flat()),
})

/** A program with a member's history. */
export const wideHistory: fc.Arbitrary<{
  readonly program: CompiledProgram
  readonly activities: ReadonlyArray<Activity>
}> = generatedOnce(
  fc.tuple(wideProgram, tellings).map(([program, { start, steps }]) => {
    const referrer = { member: 'bob' as MemberId, enrolledAt: (start - 86_400_000) as Instant }
    const birthDate = { month: 2, day: 29 }
    const activities: Array<Activity> = [
      { type: 'enrolment', id: 'enrolment' as ActivityId, member: anna, at: start, referrer, birthDate },
    ]
    let at: number = start
    steps.forEach(({ gapMs, tell }, index) => {
      at += gapMs
      const base = { id: `activity ${index}` as ActivityId, member: anna, at: at as Instant }
      const activity = tell({ program: program.program, before: activities, base })
      if (activity !== undefined) activities.push(activity)
    })
    return { program, activities }
  }),
)

/** A state as it comes back from storage. */
export const restored = (state: MemberState): MemberState =>
  unwrap(decode(MemberState, JSON.parse(JSON.stringify(MemberState.encode(state)))))

/** The same program without what members use together beside budgets: stocks, totals of vouchers, campaigns. */
export const sharingNothing = ({ campaigns: _, rewards = [], vouchers, ...program }: Program): Program => ({
  ...program,
  rewards: rewards.map((reward) => ({ ...reward, stock: null })),
  ...(vouchers === undefined
    ? {}
    : { vouchers: { plan: vouchers.plan, vouchers: vouchers.vouchers.map((one) => ({ ...one, total: null })) } }),
})
