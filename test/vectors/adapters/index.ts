import type { Adapters } from '../adapter.ts'
import { buyingAdapters } from './buying.ts'
import { cohortAdapters } from './cohort.ts'
import { commerceAdapters } from './commerce.ts'
import { customerAdapters } from './customers.ts'
import { lifecycleAdapters } from './lifecycle.ts'
import { npsAdapters } from './nps.ts'
import { ratingAdapters } from './ratings.ts'
import { referralAdapters } from './referrals.ts'
import { revenueAdapters } from './revenue.ts'
import { riskAdapters } from './risk.ts'
import { segmentAdapters } from './segments.ts'
import { surveyAdapters } from './surveys.ts'
import { survivalAdapters } from './survival.ts'
import { timeAdapters } from './time.ts'
import { unitEconomicsAdapters } from './unit-economics.ts'

/** Adapters by the metric's name in the vectors. */
export const adapters: Adapters = {
  ...npsAdapters,
  ...ratingAdapters,
  ...surveyAdapters,
  ...customerAdapters,
  ...cohortAdapters,
  ...commerceAdapters,
  ...referralAdapters,
  ...lifecycleAdapters,
  ...revenueAdapters,
  ...riskAdapters,
  ...unitEconomicsAdapters,
  ...timeAdapters,
  ...buyingAdapters,
  ...survivalAdapters,
  ...segmentAdapters,
}
