/** What challenges and draws of a program can read of an activity. */
import { actionVocabulary, type DeclaredField, type EarningRules, orderVocabulary } from '../../earning/index.ts'
import { type Currency, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { Vocabulary } from '../../rules/index.ts'

/** The part of a program that says what activities have. */
export interface ActivitySetting {
  readonly currency: Currency
  readonly earning: EarningRules
}

/** Amounts in a currency of their own are not read without knowing the currency. */
const isNoAmount = ({ type }: DeclaredField): boolean => type !== 'money'

/** What challenges can read of an activity; amounts are those of purchases, not fields that the program declares. */
export const challengeVocabulary = ({ currency, earning }: ActivitySetting, on: string): Vocabulary | undefined => {
  if (on === 'purchase') return orderVocabulary(currency, (earning.attributes ?? []).filter(isNoAmount))
  const action = earning.actions?.find((one) => one.name === on)
  return action === undefined ? undefined : actionVocabulary(action.fields.filter(isNoAmount))
}

/** An activity that the program does not have, or else what is wrong with the fields of it that are read. */
export const fieldFaults = (
  program: ActivitySetting,
  on: string,
  faultsOf: (vocabulary: Vocabulary) => ReadonlyArray<InvalidValue>,
): ReadonlyArray<InvalidValue> => {
  const vocabulary = challengeVocabulary(program, on)
  if (vocabulary !== undefined) return faultsOf(vocabulary)
  const known = ['purchase', ...(program.earning.actions ?? []).map((action) => action.name)]
  return [invalidValue(['on'], on, `what members do in the program: ${known.join(', ')}`)]
}
