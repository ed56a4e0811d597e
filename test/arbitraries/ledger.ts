// Generators of wallets' definitions, lots and entries of every kind.
import fc from 'fast-check'
import {
  ActivityId,
  decode,
  FunderId,
  type Instant,
  LadderId,
  LotId,
  MemberId,
  parseInstant,
  TierId,
  unwrap,
  utc,
  WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import { type LedgerEntry, type Lot, WalletDefinition } from '../../src/ledger/index.ts'
import { idArbitrary, pointsArbitrary } from './foundation.ts'
import { realZone } from './time.ts'
import { duration, walletJson } from './wallet-json.ts'

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

/** Wallets with every policy that they can have. */
export const walletDefinitionArbitrary: fc.Arbitrary<WalletDefinition> = fc
  .tuple(
    idArbitrary(WalletId).chain((id) => walletJson(id)),
    fc.option(
      fc.record({
        ladder: idArbitrary(LadderId),
        tiers: fc.array(idArbitrary(TierId), { maxLength: 2 }),
        minimumNotice: duration(3, 0),
      }),
    ),
    fc.option(duration(3, 0)),
  )
  .map(([json, suspension, reinstatement]) =>
    unwrap(decode(WalletDefinition, { ...json, reinstatement, ...(suspension === null ? {} : { suspension }) })),
  )

const day = 24 * 3_600_000

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
