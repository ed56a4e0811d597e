/** A member says when their birthday is. */
import type { YearlyDate } from '../../foundation/index.ts'
import type { BirthDateChange } from '../activity/activity.ts'
import { type Draft, emit } from './draft.ts'

const isSame = (a: YearlyDate | null, b: YearlyDate | null): boolean => a?.month === b?.month && a?.day === b?.day

/** The first birthday that a member names is no change; every other is, also after it was taken back (S60). */
export const decideBirthDateChange = (
  draft: Draft,
  { at, birthDate }: Pick<BirthDateChange, 'at' | 'birthDate'>,
): void => {
  const { date, changedAt } = draft.state.birthday
  if (isSame(date, birthDate)) return
  const isFirst = date === null && changedAt === null
  emit(draft, { type: 'birthdayChanged', at, birthday: { date: birthDate, changedAt: isFirst ? null : at } })
}
