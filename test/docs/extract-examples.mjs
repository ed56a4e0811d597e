// Writes the `ts` examples of the doc comments in src/, of README.md and of docs/**/*.md as test files, one for each room
// and each document, so that they are type-checked (test/tsconfig.json) and run (vitest). `expression // => expected` (or the marker
// alone on the line below the expression, and going on over further comment lines) becomes an assertion. A fence opened
// with "ts no-run" is only type-checked.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = join(root, 'test/docs/generated')
const files = (dir, ending, recursive = true) =>
  readdirSync(join(root, dir), { recursive })
    .filter((name) => name.endsWith(ending) && !name.startsWith('site/'))
    .map((name) => join(root, dir, name))
    .sort()
const sources = [...files('.', 'README.md', false), ...files('src', '.ts'), ...files('docs', '.md')].filter(
  (file) => !file.endsWith('.api.md'),
)

const FENCE = /^([ \t]*(?:\*[ \t]?)?)```ts\b([^\n]*)\n([\s\S]*?)^[ \t]*(?:\*[ \t]?)?```/gm
const MARKER = '// =>'

const parse = (code) => ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)

const examplesOf = (file) => {
  const text = readFileSync(file, 'utf8')
  return Array.from(text.matchAll(FENCE), ({ index, 1: prefix, 2: meta, 3: body }) => ({
    place: `${relative(root, file)}:${text.slice(0, index).split('\n').length + 1}`,
    run: !meta.includes('no-run'),
    code: prefix.includes('*') ? body.replace(/^[ \t]*\*[ \t]?/gm, '') : body,
  }))
}

const isWhole = (expression) => parse(`(${expression}\n)`).parseDiagnostics.length === 0

const faults = []

// What a marker expects: its own line, or as many of the comment lines below it as make a whole expression.
const expectation = (after, place) => {
  const [first, ...more] = after.split('\n').map((line) => line.trim())
  let expected = first.slice(MARKER.length).trim()
  while (!isWhole(expected)) {
    const next = more.shift()
    if (next?.startsWith('//') !== true) {
      faults.push(`${place}: no expression after '${MARKER}': ${expected}`)
      return 'undefined'
    }
    expected += `\n${next.slice(2)}`
  }
  return expected
}

// The statement that a marker follows is found with the compiler's own parser, not with a pattern.
const asserted = ({ code, place }) => {
  const { statements } = parse(code)
  const marked = statements.flatMap((statement, i) => {
    const after = code.slice(statement.getEnd(), statements[i + 1]?.getStart()).replace(/^;?\s*/, '')
    return after.startsWith(MARKER) ? [{ statement, after }] : []
  })
  const edits = marked
    .filter(({ statement }) => ts.isExpressionStatement(statement))
    .map(({ statement, after }) => ({
      start: statement.getStart(),
      end: statement.getEnd(),
      text: `expect(${statement.expression.getText()}).toEqual(${expectation(after, place)})`,
    }))
  if (edits.length !== code.split(MARKER).length - 1)
    faults.push(`${place}: a '${MARKER}' must follow an expression statement of its own`)
  return edits.reduceRight((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code)
}

// Imports of all the examples of a file, once each; what one example imports as a type and another one as a value is
// imported as a value.
const importsOf = (codes) => {
  const lines = codes.flatMap((code) =>
    parse(code)
      .statements.filter(ts.isImportDeclaration)
      .flatMap(({ importClause: clause, moduleSpecifier }) => {
        const from = `from ${moduleSpecifier.getText()}`
        const named = clause?.namedBindings
        if (named === undefined || ts.isNamespaceImport(named)) return [`import ${clause?.getText()} ${from}`]
        return named.elements.map((element) => {
          const isType = clause.isTypeOnly || element.isTypeOnly
          return `import ${isType ? 'type ' : ''}{ ${element.getText().replace(/^type /, '')} } ${from}`
        })
      }),
  )
  const unique = new Set(lines)
  return [...unique]
    .filter((line) => !unique.has(line.replace('import type {', 'import {')) || !line.startsWith('import type'))
    .sort()
}

const bodyOf = (code) =>
  parse(code)
    .statements.filter(ts.isImportDeclaration)
    .reduceRight((text, each) => text.slice(0, each.getStart()) + text.slice(each.getEnd()), code)
    .replace(/^export /gm, '')
    .trim()

const testFile = (examples) => {
  const codes = examples.map((example) => ({ ...example, code: asserted(example) }))
  const used = codes.some(({ code }) => code.includes('expect(')) ? 'expect, test' : 'test'
  const tests = codes.map(({ place, run, code }) =>
    run ? `test('${place}', () => {\n${bodyOf(code)}\n})` : `// ${place}\nvoid (() => {\n${bodyOf(code)}\n})`,
  )
  const imports = importsOf(codes.map(({ code }) => code))
  const vitest = codes.some(({ run }) => run) ? [`import { ${used} } from 'vitest'`] : []
  return [...vitest, ...imports, '', ...tests, ''].join('\n')
}

const nameOf = (file) => {
  const path = relative(root, file).split('/')
  return (path[0] === 'src' ? path.slice(0, 2) : path).join('__').replace(/\.(ts|md)$/, '')
}

const byName = new Map()
for (const file of sources) byName.set(nameOf(file), [...(byName.get(nameOf(file)) ?? []), ...examplesOf(file)])
const written = [...byName].filter(([, examples]) => examples.length > 0)
const texts = new Map(
  written.map(([name, examples]) => [
    `${name}${examples.some(({ run }) => run) ? '.test' : ''}.ts`,
    testFile(examples),
  ]),
)

// Only what changes is touched: other tools may be reading the rest.
mkdirSync(out, { recursive: true })
for (const name of readdirSync(out)) if (!texts.has(name)) rmSync(join(out, name), { recursive: true })
for (const [name, text] of texts) {
  const file = join(out, name)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}
console.log(`${written.reduce((sum, [, examples]) => sum + examples.length, 0)} examples in ${written.length} files`)
if (!existsSync(join(out, 'README.test.ts'))) faults.push('README.md has no example')
for (const fault of faults) console.error(fault)
process.exitCode = faults.length === 0 ? 0 : 1
