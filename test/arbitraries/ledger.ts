// Generators of wallets and of what happens to them: points that wait, die, are spent and taken back, in dates where
// calendars break and with ids that are members of every object.
import fc from 'fast-check'
import {
  ActivityId,
  FunderId,
  type Instant,
  LotId,
  MemberId,
  type Points,
  parseInstant,
  unwrap,
  utc,
  WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import {
  accrue,
  activationsDue,
  applyEntry,
  burn,
  clawBack,
  emptyWallet,
  expiriesDue,
  type LedgerEntry,
  type Lot,
  nextDueInWallet,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { idArbitrary, pointsArbitrary } from './foundation.ts'
import { durationUpTo, instantIn, realZone } from './time.ts'

/** Freezes a value and all that is in it, so that a change to it throws. */
export const frozen = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

export const zoneOfProgram: fc.Arbitrary<Zone> = fc.constantFrom(
  utc,
  ...['Europe/Berlin', 'America/St_Johns', 'America/Sao_Paulo', 'Pacific/Apia'].map(realZone),
)

export const walletDefinitionArbitrary: fc.Arbitrary<WalletDefinition> = fc.record({
  id: idArbitrary(WalletId),
  decimals: fc.nat({ max: 6 }),
  pending: fc.option(
    durationUpTo(40).map((duration) => ({ type: 'duration' as const, duration })),
    { freq: 3 },
  ),
  expiry: fc.option(
    fc.record({
      type: fc.constant('rolling' as const),
      after: durationUpTo(90),
      from: fc.constantFrom('activation' as const, 'earning' as const),
    }),
    { freq: 4 },
  ),
})

/** Something that happens to a wallet, `gapMs` after what happened before. */
export interface Command {
  readonly gapMs: number
  readonly act:
    | { readonly kind: 'accrue'; readonly points: Points; readonly releaseMs: number | null }
    | { readonly kind: 'burn'; readonly points: Points }
    /** Takes back a share of what one of the lots was granted and still has. */
    | { readonly kind: 'claw'; readonly lot: number; readonly share: number }
    | { readonly kind: 'wait' }
}

const hour = 3_600_000
const day = 24 * hour
const few = fc.oneof(fc.constantFrom(0, 1, 2), fc.nat({ max: 30 })).map((n) => n as Points)

const act: fc.Arbitrary<Command['act']> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('accrue' as const),
      points: few,
      releaseMs: fc.option(fc.integer({ min: -day, max: 40 * day }), { freq: 6 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('burn' as const), points: few }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('claw' as const),
      lot: fc.nat(),
      share: fc.constantFrom(0, 0.3, 0.5, 0.9, 1),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'wait' as const }) },
)

const commandsArbitrary: fc.Arbitrary<ReadonlyArray<Command>> = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.constantFrom(0, 0, 1, hour, day, 30 * day), fc.nat({ max: 50 * day })),
    act,
  }),
  { maxLength: 30 },
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

/** What became of one command: the wallet after it, and the entries that led there. */
export interface Step {
  readonly at: Instant
  readonly act: Command['act']
  readonly entries: ReadonlyArray<LedgerEntry>
  readonly wallet: Wallet
}

const apply = (wallet: Wallet, entries: ReadonlyArray<LedgerEntry>): Wallet =>
  frozen(frozen(entries).reduce(applyEntry, wallet))

const lapse = ({ definition, zone }: WalletHistory, wallet: Wallet, until: Instant): ReadonlyArray<LedgerEntry> => {
  const entries: Array<LedgerEntry> = []
  let now = wallet
  for (
    let due = nextDueInWallet(definition, zone, now);
    due !== null && due <= until;
    due = nextDueInWallet(definition, zone, now)
  ) {
    const activated = activationsDue(now, due)
    now = apply(now, activated)
    const expired = expiriesDue(definition, now, due)
    now = apply(now, expired)
    entries.push(...activated, ...expired)
  }
  return entries
}

/** What was granted in lots and not taken back yet. */
type Granted = Array<{ readonly id: LotId; left: number }>

const entriesOf = (
  { definition, zone }: WalletHistory,
  granted: Granted,
  wallet: Wallet,
  act: Command['act'],
  at: Instant,
): ReadonlyArray<LedgerEntry> => {
  const source = `activity ${granted.length}` as ActivityId
  if (act.kind === 'accrue') {
    const lot = lotName(granted.length)
    granted.push({ id: lot, left: act.points })
    const release = act.releaseMs === null ? {} : { term: { activeFrom: (at + act.releaseMs) as Instant } }
    return unwrap(accrue(definition, zone, wallet, { lot, points: act.points, at, source, ...release }))
  }
  if (act.kind === 'burn') {
    const burnt = burn(definition, zone, wallet, act.points, at, source)
    return burnt._tag === 'Left' ? [] : [burnt.right]
  }
  const lot = act.kind === 'claw' ? granted[act.lot % Math.max(1, granted.length)] : undefined
  if (act.kind === 'wait' || lot === undefined) return []
  const points = Math.floor(lot.left * act.share) as Points
  lot.left -= points
  return clawBack(wallet, { lot: lot.id, points, at, source })
}

/** Plays a history by the library. Every wallet is frozen, so that nothing can change one that it was given. */
export const playWallet = (history: WalletHistory): ReadonlyArray<Step> => {
  const granted: Granted = []
  let wallet = frozen(emptyWallet(history.definition.id))
  let at = history.start
  return history.commands.map(({ gapMs, act }) => {
    at = (at + gapMs) as Instant
    const passed = lapse(history, wallet, at)
    const now = apply(wallet, passed)
    const made = entriesOf(history, granted, now, act, at)
    wallet = apply(now, made)
    return { at, act, entries: [...passed, ...made], wallet }
  })
}

/** Wallets that some history led to. */
export const walletArbitrary: fc.Arbitrary<Wallet> = walletHistoryArbitrary.map((history) => {
  const steps = playWallet(history)
  return steps[steps.length - 1]?.wallet ?? emptyWallet(history.definition.id)
})

const instant = fc
  .integer({ min: 0, max: 1000 })
  .map((days) => (unwrap(parseInstant('2026-01-01T00:00:00Z')) + days * day + (days % 7)) as Instant)

export const lotArbitrary: fc.Arbitrary<Lot> = fc.record({
  id: idArbitrary(LotId),
  points: pointsArbitrary(),
  earnedAt: instant,
  active: fc.boolean(),
  activeFrom: instant,
  expiresAt: fc.option(instant, { freq: 3 }),
  source: idArbitrary(ActivityId),
  kind: fc.constantFrom('regular', 'promotional'),
  funder: fc.option(idArbitrary(FunderId)),
  awaits: fc.option(fc.constantFrom('delivery', '__proto__')),
})

const draws = fc.array(fc.record({ lot: idArbitrary(LotId), points: pointsArbitrary() }), {
  maxLength: 4,
})

const entry = <Type extends LedgerEntry['type']>(type: Type) => ({
  type: fc.constant(type),
  wallet: idArbitrary(WalletId),
  at: instant,
  points: pointsArbitrary(),
})
const source = idArbitrary(ActivityId)
const lot = idArbitrary(LotId)

const lots = fc.array(lotArbitrary, { maxLength: 4 })
const expiries = fc.array(fc.record({ lot, expiresAt: fc.option(instant, { freq: 3 }) }), { maxLength: 4 })
const text = fc.constantFrom('points', '__proto__', '')
const drawing = <Type extends LedgerEntry['type']>(type: Type) => ({ ...entry(type), source, draws })
const bringing = <Type extends LedgerEntry['type']>(type: Type) => ({ ...entry(type), source, lots })
const hold = fc.option(source)

/** Entries of every kind, whatever they say. */
const entryArbitraries: {
  readonly [Type in LedgerEntry['type']]: fc.Arbitrary<Extract<LedgerEntry, { readonly type: Type }>>
} = {
  accrued: fc.record({
    ...entry('accrued'),
    source,
    lot,
    activeFrom: instant,
    expiresAt: fc.option(instant, { freq: 3 }),
    kind: fc.constantFrom('regular', 'promotional'),
    funder: fc.option(idArbitrary(FunderId)),
    awaits: fc.option(text),
  }),
  opened: fc.record(bringing('opened')),
  activated: fc.record({ ...entry('activated'), lot, expiresAt: fc.option(instant) }),
  redeemed: fc.record({ ...drawing('redeemed'), hold }),
  restored: fc.record({ ...bringing('restored'), redemption: source }),
  held: fc.record({ ...drawing('held'), until: fc.option(instant) }),
  holdReleased: fc.record({ ...entry('holdReleased'), hold: source }),
  expired: fc.record({ ...entry('expired'), lot, hold }),
  decayed: fc.record({ ...entry('decayed'), draws }),
  extended: fc.record({ ...entry('extended'), source, lots: expiries }),
  reinstated: fc.record(bringing('reinstated')),
  reversed: fc.record({ ...drawing('reversed'), debt: pointsArbitrary(), forgiven: pointsArbitrary() }),
  adjustedIn: fc.record({ ...bringing('adjustedIn'), reason: text, actor: text }),
  adjustedOut: fc.record({ ...drawing('adjustedOut'), debt: pointsArbitrary(), reason: text, actor: text }),
  transferredOut: fc.record({ ...drawing('transferredOut'), to: idArbitrary(MemberId) }),
  transferredIn: fc.record({ ...bringing('transferredIn'), from: idArbitrary(MemberId) }),
  convertedOut: fc.record({ ...drawing('convertedOut'), to: text }),
  convertedIn: fc.record({ ...bringing('convertedIn'), from: text }),
  debtSettled: fc.record({ ...entry('debtSettled'), draws }),
  debtWrittenOff: fc.record(entry('debtWrittenOff')),
  expirySuspended: fc.record(entry('expirySuspended')),
  expiryResumed: fc.record({ ...entry('expiryResumed'), lots: expiries }),
}

export const ledgerEntryArbitrary: fc.Arbitrary<LedgerEntry> = fc.oneof(...Object.values(entryArbitraries))
