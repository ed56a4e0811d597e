// The report as text: one section for each question.
import type { Findings } from './findings.ts'
import { cohortSection, gapSection, npsSection, repeatSection, silenceSection } from './report-measures.ts'
import {
  inputSection,
  memberSection,
  pointsSection,
  programSection,
  referralSection,
  tierSection,
} from './report-program.ts'

const SECTIONS = [
  inputSection,
  programSection,
  tierSection,
  pointsSection,
  referralSection,
  memberSection,
  cohortSection,
  repeatSection,
  gapSection,
  silenceSection,
  npsSection,
]

/** Names come from files: a control character in one must not reach the terminal. */
const printable = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, '?')

/** The whole report. */
export const reportOf = (findings: Findings): string =>
  printable(
    SECTIONS.map((write) => write(findings))
      .filter((text) => text !== '')
      .join('\n'),
  )
