import { describe, expect, test } from 'vitest'
import { formatInstant, parseCivilDate, parseInstant, unwrap, zoneFromIntl } from '../../../src/foundation/index.ts'
import { type CustomerMoment, noMoment, type TouchAnchor } from '../../../src/segments/index.ts'
import { anchorOf } from '../../../src/segments/touch/touch-anchor.ts'

const date = (text: string) => unwrap(parseCivilDate(text))
const at = (text: string) => unwrap(parseInstant(text))
const berlin = unwrap(zoneFromIntl('Europe/Berlin'))

describe('what a window is counted from', () => {
  test('has an instant for every anchor that is known', () => {
    const when = at('2026-03-09T23:30:00Z')
    const moment: CustomerMoment = {
      ...noMoment('ann'),
      lastOrderAt: at('2026-01-01T00:00:00Z'),
      pointsExpiring: { points: 1, at: at('2026-04-01T00:00:00Z') },
      basketAbandonedAt: at('2026-03-01T00:00:00Z'),
      newsletterOpenedAt: at('2026-02-01T00:00:00Z'),
      complaintOpenedAt: at('2026-03-02T00:00:00Z'),
      surveyDueAt: at('2026-03-03T00:00:00Z'),
      birthday: { month: 3, day: 10 },
      joinedOn: date('2025-03-29'),
    }
    const found = (anchor: TouchAnchor, own = moment) => {
      const instantAt = anchorOf(anchor, own, { at: when, zone: berlin })
      return instantAt === null ? null : formatInstant(instantAt)
    }
    const anchors: ReadonlyArray<readonly [TouchAnchor, string]> = [
      ['now', '2026-03-09T23:30:00Z'],
      ['lastOrder', '2026-01-01T00:00:00Z'],
      ['pointsExpire', '2026-04-01T00:00:00Z'],
      ['basketAbandoned', '2026-03-01T00:00:00Z'],
      ['newsletterOpened', '2026-02-01T00:00:00Z'],
      ['complaintOpened', '2026-03-02T00:00:00Z'],
      ['surveyDue', '2026-03-03T00:00:00Z'],
      ['birthday', '2026-03-09T23:00:00Z'],
      ['anniversary', '2026-03-28T23:00:00Z'],
    ]
    for (const [anchor, expected] of anchors) {
      expect(found(anchor)).toBe(expected)
      if (anchor !== 'now') expect(found(anchor, noMoment('ann'))).toBe(null)
    }
  })
})
