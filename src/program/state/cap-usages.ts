/** What has been counted, by cap. */
import type { CapUsage } from '../../earning/index.ts'
import type { CapId } from '../../foundation/index.ts'

/** What has been counted, by cap: where there are many caps, each with many counts, none looks through those of the others. */
export const usagesByCap = (usages: ReadonlyArray<CapUsage>): Map<CapId, ReadonlyArray<CapUsage>> => {
  const found = new Map<CapId, Array<CapUsage>>()
  for (const usage of usages) {
    const own = found.get(usage.cap)
    if (own === undefined) found.set(usage.cap, [usage])
    else own.push(usage)
  }
  return found
}
