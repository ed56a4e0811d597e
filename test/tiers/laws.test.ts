// Laws of standings, over generated ladders and members.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../src/foundation/index.ts'
import { decode, unwrap } from '../../src/foundation/index.ts'
import { assessTier, firstStanding, nextAssessment, Standing } from '../../src/tiers/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { type Career, careerArbitrary, careerOn, strictLadderArbitrary } from '../arbitraries/tiers.ts'
import { careerOf, countAll, rankIn } from './career.ts'
import { settled } from './ladders.ts'

const day = 86_400_000

const lastOf = (career: Career): Standing => {
  const standings = careerOf(career)
  return standings[standings.length - 1] ?? firstStanding(career.ladder, career.zone, career.start)
}

const stored = (standing: Standing): Standing =>
  unwrap(decode(Standing, JSON.parse(JSON.stringify(Standing.encode(standing)))))

/** A career in which nothing is taken back. */
const growing = careerArbitrary.map((career) => ({
  ...career,
  deeds: career.deeds.map((deed) => ({ ...deed, takenBackOf: null })),
}))

describe('a standing', () => {
  test('never falls by doing more, at the same time', () => {
    fc.assert(
      fc.property(growing, fc.nat({ max: 7 }), fc.nat({ max: 300 }), (career, which, more) => {
        const { ladder, deeds } = career
        // Who climbs a tier earlier has it end earlier where it is not earned again, so the law is about the moment.
        const index = which % deeds.length
        const short = { ...career, deeds: deeds.slice(0, index + 1) }
        const longer = short.deeds.map((deed, place) =>
          place === index ? { ...deed, points: deed.points + more } : deed,
        )
        const less = rankIn(ladder, lastOf(short).tier)
        expect(rankIn(ladder, lastOf({ ...short, deeds: longer }).tier)).toBeGreaterThanOrEqual(less)
      }),
    )
  })

  test('changes only at an assessment that is due: counting leaves the tier alone', () => {
    fc.assert(
      fc.property(careerArbitrary, (career) => {
        const { ladder, zone, deeds } = career
        let standing = frozen(firstStanding(ladder, zone, career.start))
        for (const deed of deeds) {
          standing = settled(ladder, standing, deed.at, zone)
          const counted = countAll(ladder, zone, standing, deed, deed.at, 1)
          expect([counted.tier, counted.since, counted.validUntil]).toEqual([
            standing.tier,
            standing.since,
            standing.validUntil,
          ])
          standing = frozen(settled(ladder, counted, deed.at, zone))
          const next = nextAssessment(ladder, zone, standing)
          expect(next === null || next > deed.at).toBe(true)
          const before = ((next ?? deed.at + 400 * day) - 1) as Instant
          expect(assessTier(ladder, zone, standing, before).standing).toBe(standing)
        }
      }),
    )
  })

  test('is the same however often time is looked at, and after being stored', () => {
    const looks = fc.array(fc.nat({ max: 200 }), { maxLength: 12 })
    fc.assert(
      fc.property(careerArbitrary, looks, (career, days) => {
        const { ladder, zone, start } = career
        const last = lastOf(career)
        let at: number = career.deeds[career.deeds.length - 1]?.at ?? start
        let stepped = stored(last)
        for (const more of days) {
          at += more * day
          stepped = stored(settled(ladder, stepped, at as Instant, zone))
        }
        expect(stepped).toEqual(settled(ladder, last, at as Instant, zone))
      }),
    )
  })

  test('is restored by a complete return, where the ladder takes upgrades back at once', () => {
    fc.assert(
      fc.property(careerOn(strictLadderArbitrary), fc.nat({ max: 600 }), (career, points) => {
        const { ladder, zone } = career
        const at = ((career.deeds[career.deeds.length - 1]?.at ?? career.start) + 1) as Instant
        const before = settled(ladder, lastOf(career), at, zone)
        // A tier that is earned again by what is bought, in a grace or where a term rolls, is not unearned.
        const { validity } = ladder
        const isOnlyRaised = before.grace === null && validity.type !== 'rolling' && before.undo === null
        fc.pre(isOnlyRaised && (ladder.policy?.upgrade ?? 'atOnce') === 'atOnce')
        const done = { at, points, takenBackOf: null }
        const up = settled(ladder, countAll(ladder, zone, before, done, at, 1), at, zone)
        const back = settled(ladder, countAll(ladder, zone, up, done, at, -1), at, zone)
        // Steps of a period that is over can go meanwhile; the others are as before.
        if (back.periodFrom === before.periodFrom) expect(back.steps).toEqual(before.steps)
        expect([back.tier, back.since, back.validUntil, back.earned]).toEqual([
          before.tier,
          before.since,
          before.validUntil,
          before.earned,
        ])
      }),
    )
  })

  test('keeps only what counts: a window of days drops what is over', () => {
    fc.assert(
      fc.property(careerArbitrary, (career) => {
        const { ladder, zone, start } = career
        const at = ((career.deeds[career.deeds.length - 1]?.at ?? start) + 20_000 * day) as Instant
        const far = settled(ladder, lastOf(career), at, zone)
        const again = countAll(ladder, zone, far, { at, points: 5, takenBackOf: null }, at, 1)
        if (ladder.period.type === 'lifetime') return
        const ofPeriod = again.counts.filter(({ metric }) => metric === 'points')
        expect(ofPeriod.flatMap(({ buckets }) => buckets.map(({ count }) => count))).toEqual([5])
      }),
    )
  })
})
