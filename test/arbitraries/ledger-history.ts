// Histories of wallets: everything that can happen to one, in dates where calendars break and with ids that are members
// of every object.
import fc from 'fast-check'
import type { ActivityId, Duration, FunderId, Instant, LotId, Points, Zone } from '../../src/foundation/index.ts'
import type { LotKind, ResettingActivity, WalletDefinition } from '../../src/ledger/index.ts'
import { walletDefinitionArbitrary, zoneOfProgram } from './ledger.ts'
import { instantIn } from './time.ts'
import { duration } from './wallet-json.ts'

/** A lot that another member gives; its instants are counted from its arrival. */
export interface GivenLot {
  readonly points: Points
  readonly ageMs: number
  /** `null`: active. */
  readonly activeInMs: number | null
  readonly expiresInMs: number | null
  readonly funder: FunderId | null
}

/** What can happen to a wallet. Shares and numbers choose among what is there. */
export type Act =
  | {
      readonly kind: 'accrue'
      readonly points: Points
      readonly releaseMs: number | null
      readonly pending: Duration | null
      readonly validity: Duration | null
      readonly lotKind: LotKind
      readonly funder: FunderId | null
    }
  | { readonly kind: 'burn'; readonly points: Points }
  /** Takes back a share of what one of the lots was granted and still has. */
  | { readonly kind: 'claw'; readonly lot: number; readonly share: number }
  | { readonly kind: 'hold'; readonly points: Points; readonly untilMs: number | null }
  | { readonly kind: 'release'; readonly hold: number }
  | { readonly kind: 'redeem'; readonly hold: number; readonly share: number }
  | { readonly kind: 'restore'; readonly redemption: number; readonly share: number }
  | { readonly kind: 'extend'; readonly byMs: number; readonly lot: number | null }
  | { readonly kind: 'suspend' | 'resume' | 'visit' | 'wait' }
  | { readonly kind: 'adjustIn'; readonly points: Points }
  | { readonly kind: 'adjustOut'; readonly points: Points; readonly missing: 'refuse' | 'debt' }
  | { readonly kind: 'transferOut'; readonly points: Points }
  | { readonly kind: 'transferIn'; readonly lots: ReadonlyArray<GivenLot> }
  | { readonly kind: 'action'; readonly action: string }
  /** Points come from elsewhere, or those that expired are valid again. */
  | {
      readonly kind: 'arrive'
      readonly how: 'opened' | 'convertedIn' | 'reinstated'
      readonly lots: ReadonlyArray<GivenLot>
    }

/** Something that happens to a wallet, `gapMs` after what happened before. */
export interface Command {
  readonly gapMs: number
  readonly act: Act
}

const hour = 3_600_000
const day = 24 * hour
const few = fc.oneof(fc.constantFrom(0, 1, 2, 3, 5), fc.nat({ max: 20 })).map((n) => n as Points)
const some = fc.integer({ min: 1, max: 9 }).map((n) => n as Points)
const share = fc.constantFrom(0, 0.3, 0.5, 0.9, 1)
const funder = fc.constantFrom(null, null, 'shop' as FunderId, '__proto__' as FunderId)
const is = <Kind extends string>(kind: Kind) => fc.constant(kind)

const givenLot: fc.Arbitrary<GivenLot> = fc.record({
  points: some,
  ageMs: fc.nat({ max: 40 * day }),
  activeInMs: fc.option(fc.integer({ min: 1, max: 30 * day }), { freq: 2 }),
  expiresInMs: fc.option(fc.integer({ min: -day, max: 60 * day }), { freq: 3 }),
  funder,
})

const actArbitrary: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: is('accrue'),
      points: few,
      releaseMs: fc
        .option(fc.integer({ min: -day, max: 40 * day }), { freq: 1 })
        .chain((ms) => fc.constantFrom(ms, null)),
      pending: fc.option(duration(3, 0), { freq: 1 }).chain((of) => fc.constantFrom(of, null)),
      validity: fc.option(duration(4, 0), { freq: 1 }).chain((of) => fc.constantFrom(of, null)),
      lotKind: fc.constantFrom('regular' as const, 'promotional' as const),
      funder,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: is('burn'), points: few }) },
  { weight: 3, arbitrary: fc.record({ kind: is('claw'), lot: fc.nat({ max: 20 }), share }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: is('hold'), points: few, untilMs: fc.option(fc.nat({ max: 20 * day }), { freq: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: is('release'), hold: fc.nat({ max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: is('redeem'), hold: fc.nat({ max: 5 }), share }) },
  { weight: 4, arbitrary: fc.record({ kind: is('restore'), redemption: fc.nat({ max: 8 }), share }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: is('extend'),
      byMs: fc.integer({ min: -day, max: 60 * day }),
      lot: fc.option(fc.nat({ max: 10 })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('suspend' as const, 'resume' as const, 'visit' as const, 'wait' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: is('adjustIn'), points: some }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: is('adjustOut'),
      points: some,
      missing: fc.constantFrom('refuse' as const, 'debt' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: is('transferOut'), points: few }) },
  { weight: 1, arbitrary: fc.record({ kind: is('transferIn'), lots: fc.array(givenLot, { maxLength: 3 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: is('arrive'),
      how: fc.constantFrom('opened' as const, 'convertedIn' as const, 'reinstated' as const),
      lots: fc.array(givenLot, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: is('action'), action: fc.constantFrom('delivery', 'delivery', 'visit') }) },
)

const commandsArbitrary: fc.Arbitrary<ReadonlyArray<Command>> = fc.array(
  fc.record({
    gapMs: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(0, 0, 1, hour, hour, day, 7 * day) },
      { weight: 4, arbitrary: fc.nat({ max: 40 * day }) },
      { weight: 1, arbitrary: fc.nat({ max: 400 * day }) },
    ),
    act: actArbitrary,
  }),
  { maxLength: 40, size: 'max' },
)

/** A wallet with what happens to it. */
export interface WalletHistory {
  readonly definition: WalletDefinition
  readonly zone: Zone
  readonly start: Instant
  readonly commands: ReadonlyArray<Command>
}

export const walletHistoryArbitrary: fc.Arbitrary<WalletHistory> = zoneOfProgram.chain((zone) =>
  fc.record({
    definition: walletDefinitionArbitrary,
    zone: fc.constant(zone),
    start: instantIn(zone),
    commands: commandsArbitrary,
  }),
)

const lotNames = ['__proto__', 'b', 'constructor', '\ud800', 'a', '\uffff', '10', '9', 'prototype', '\ud83d\ude00']

/** The ids of lots: not in the order in which they are granted, and treacherous. */
export const lotName = (index: number): LotId =>
  `${lotNames[index % lotNames.length] ?? ''}${index < lotNames.length ? '' : index}` as LotId

/** The id of the activity that a command is. */
export const activityName = (index: number): ActivityId => `activity ${index}` as ActivityId

/** The id of a lot that comes from elsewhere. */
export const strangerName = (source: ActivityId, lot: LotId): LotId => `${lot} of ${source}` as LotId

/** What members do that keeps points alive where the wallet says so. */
export const signOfLife = (kind: Act['kind']): ResettingActivity | undefined => {
  if (kind === 'accrue') return 'accrual'
  if (kind === 'burn' || kind === 'redeem') return 'redemption'
  if (kind === 'adjustIn' || kind === 'adjustOut') return 'adjustment'
  return kind === 'transferIn' ? 'transferIn' : undefined
}
