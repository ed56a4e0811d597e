import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDuration, type CapId, type Instant, localDateOf, utc } from '../../src/foundation/index.ts'
import { DatedReferralUses, ReferralCap, ReferralCapUse, referralCapUse } from '../../src/referrals/index.ts'
import { momentArbitrary, referralCapsArbitrary, zoneArbitrary } from '../arbitraries/referrals.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from './terms.ts'

codecLaws(
  'DatedReferralUses',
  DatedReferralUses,
  fc.record({
    at: momentArbitrary(),
    uses: fc.array(fc.record({ cap: fc.constant('a' as CapId), uses: fc.maxSafeNat() }), { maxLength: 3 }),
  }),
)

codecLaws(
  'ReferralCap',
  ReferralCap,
  referralCapsArbitrary.filter((caps) => caps.length > 0).map(([cap]) => cap as ReferralCap),
)
codecLaws('ReferralCapUse', ReferralCapUse, fc.record({ cap: fc.constant('a' as CapId), uses: fc.maxSafeNat() }))

const id = 'a' as CapId
const cap = (window: ReferralCap['window']): ReferralCap => ({
  id,
  per: 'referrer',
  counts: 'units',
  limit: 100,
  window,
  onExceed: 'truncate',
})
const used = (when: Instant, uses = 1) => ({ at: when, uses: [{ cap: id, uses }] })

test('S12 a calendar month in the zone of the program', () => {
  const history = [used(at('2026-03-31T23:30:00Z'), 5), used(at('2026-04-01T00:30:00Z'), 7)]
  const asOf = at('2026-04-02T00:00:00Z')
  const month = [cap({ type: 'calendar', calendar: { unit: 'month' } })]
  expect(referralCapUse(month, utc, history, asOf)).toEqual([{ cap: id, uses: 7 }])
  expect(referralCapUse(month, realZone('Europe/Berlin'), history, asOf)).toEqual([{ cap: id, uses: 12 }])
})

test('what is just as old as a rolling window counts no more', () => {
  const rolling = [cap({ type: 'rolling', duration: { amount: 24, unit: 'hour' } })]
  const asOf = at('2026-04-02T00:00:00Z')
  const history = [used(at('2026-04-01T00:00:00Z'), 5), used(at('2026-04-01T00:00:00.001Z'), 7), used(asOf, 1)]
  expect(referralCapUse(rolling, utc, [...history, used((asOf + 1) as Instant, 100)], asOf)).toEqual([
    { cap: id, uses: 8 },
  ])
})

test('against asking of each use whether it is in the window, in any order', () => {
  const history = fc.array(
    fc.record({
      at: momentArbitrary(),
      uses: fc.array(
        fc.record({ cap: fc.constantFrom('a', 'b', '__proto__', 'other').map((one) => one as CapId), uses: fc.nat(9) }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(referralCapsArbitrary, zoneArbitrary, history, momentArbitrary(), (caps, zone, given, asOf) => {
      const monthOf = (when: Instant) => new Date(localDateOf(zone, when) * 86_400_000).toISOString().slice(0, 7)
      const counts = ({ window }: ReferralCap, when: Instant): boolean => {
        if (window.type === 'lifetime') return true
        if (window.type === 'rolling') return when > addDuration(zone, asOf, window.duration, -1) && when <= asOf
        return window.calendar.unit === 'month'
          ? monthOf(when) === monthOf(asOf)
          : localDateOf(zone, when) === localDateOf(zone, asOf)
      }
      const expected = caps.map((one) => ({
        cap: one.id,
        uses: given
          .filter((entry) => counts(one, entry.at))
          .flatMap(({ uses }) => uses)
          .reduce((sum, use) => (use.cap === one.id ? sum + use.uses : sum), 0),
      }))
      expect(referralCapUse(caps, zone, [...given].reverse(), asOf)).toEqual(expected)
    }),
  )
})
