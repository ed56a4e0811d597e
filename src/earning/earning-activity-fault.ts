/** Activities that cannot be counted exactly. */
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import type { EarningActivity, EarningContext } from './earning-context.ts'
import type { CountedLine } from './purchase.ts'

const isNatural = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const wrongPart = ({ minor, basisMinor, quantity }: CountedLine): 'minor' | 'basisMinor' | 'quantity' | undefined => {
  if (!isNatural(minor)) return 'minor'
  if (!isNatural(basisMinor)) return 'basisMinor'
  return isNatural(quantity) ? undefined : 'quantity'
}

const lineFault = (line: CountedLine, index: number): OutOfRange | undefined => {
  const part = wrongPart(line)
  return part === undefined
    ? undefined
    : outOfRange(['lines', index, part], line[part], 'an integer from 0 to 9007199254740991')
}

/** Only a sum of exact amounts can be compared with a condition, or divided into steps. */
export const activityFault = ({ lines }: EarningActivity, { milestones }: EarningContext): OutOfRange | undefined => {
  let [minor, basis, quantity] = [0, 0, 0]
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as CountedLine
    const fault = lineFault(line, index)
    if (fault !== undefined) return fault
    minor += line.minor
    basis += line.basisMinor
    quantity += line.quantity
  }
  const largest = Math.max(minor, basis, quantity)
  if (!Number.isSafeInteger(largest)) {
    return outOfRange(['lines'], largest, 'amounts and quantities whose sums are at most 9007199254740991')
  }
  if (milestones.length === 0) return undefined
  const wrong = milestones.findIndex(({ counted, paid }) => !isNatural(counted + basis + 1) || !isNatural(paid))
  return wrong < 0
    ? undefined
    : outOfRange(['milestones', wrong], milestones[wrong]?.counted, 'a count of at most 9007199254740991 with this one')
}
