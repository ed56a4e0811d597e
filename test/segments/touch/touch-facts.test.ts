import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCivilDate, parseInstant, unwrap, utc, zoneFromIntl } from '../../../src/foundation/index.ts'
import { noMoment, touchFacts, touchVocabulary } from '../../../src/segments/index.ts'
import { instantArbitrary, momentArbitrary } from '../../arbitraries/customer-moment.ts'

const date = (text: string) => unwrap(parseCivilDate(text))
const at = (text: string) => unwrap(parseInstant(text))
const berlin = unwrap(zoneFromIntl('Europe/Berlin'))

describe('what is known of a customer', () => {
  test('is facts of the vocabulary, each of the type of its field', () => {
    const { fields } = unwrap(touchVocabulary())
    const types = new Map(fields.map((field) => [field.name, field.type]))
    fc.assert(
      fc.property(momentArbitrary, instantArbitrary, (moment, when) => {
        const known = Object.entries(touchFacts(moment, { at: when, zone: berlin })).filter(
          ([, fact]) => fact !== undefined,
        )
        const fits = ([field, fact]: (typeof known)[number]): boolean =>
          types.get(field) === 'flag' ? typeof fact === 'boolean' : types.has(field) && Number.isSafeInteger(fact)
        expect(known.filter((entry) => !fits(entry))).toEqual([])
        const {
          daysUntilBirthday = 0,
          daysUntilAnniversary = 0,
          yearsAtAnniversary = 1,
        } = touchFacts(moment, { at: when, zone: utc })
        expect(daysUntilBirthday).toBeGreaterThanOrEqual(0)
        expect(daysUntilBirthday).toBeLessThanOrEqual(366)
        expect(daysUntilAnniversary).toBeGreaterThanOrEqual(0)
        expect(yearsAtAnniversary).toBeGreaterThanOrEqual(1)
      }),
    )
  })

  test('is counted on the customer’s own calendar', () => {
    const moment = { ...noMoment('ann'), lastOrderAt: at('2026-03-08T22:59:00Z'), birthday: { month: 3, day: 10 } }
    const when = at('2026-03-09T23:30:00Z')
    expect(touchFacts(moment, { at: when, zone: utc })).toMatchObject({ daysSinceLastOrder: 1, daysUntilBirthday: 1 })
    expect(touchFacts(moment, { at: when, zone: berlin })).toMatchObject({
      daysSinceLastOrder: 2,
      daysUntilBirthday: 0,
    })
  })

  test('has anniversaries of 29 February, and none on the day of joining', () => {
    const facts = (joined: string, today: string) =>
      touchFacts({ ...noMoment('ann'), joinedOn: date(joined) }, { at: at(`${today}T12:00:00Z`), zone: utc })
    expect(facts('2024-02-29', '2026-02-28')).toMatchObject({ daysUntilAnniversary: 0, yearsAtAnniversary: 2 })
    expect(facts('2024-02-29', '2026-03-01')).toMatchObject({ daysUntilAnniversary: 364, yearsAtAnniversary: 3 })
    expect(facts('2026-03-01', '2026-03-01')).toMatchObject({ daysUntilAnniversary: 365, yearsAtAnniversary: 1 })
    expect(facts('2026-12-31', '2026-03-01')).toMatchObject({ yearsAtAnniversary: 1 })
  })

  test('takes declared facts, but not in place of the known ones', () => {
    const facts = touchFacts(noMoment('ann'), {
      at: at('2026-03-01T00:00:00Z'),
      zone: utc,
      facts: { favourite: 'tea', surveyDue: true },
    })
    expect(facts).toMatchObject({ favourite: 'tea', surveyDue: false })
    const twice = touchVocabulary([
      { name: 'stars', type: 'integer' },
      { name: 'stars', type: 'flag' },
    ])
    expect(twice).toMatchObject({ left: [{ path: [1, 'name'] }] })
  })
})
