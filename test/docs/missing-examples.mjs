// Fails for every public function whose doc comment has no `@example`: the faces of the rooms are walked with the
// compiler, so that what is meant is what an application can call, wherever it is written.
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../', import.meta.url))
const faces = readdirSync(join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(root, 'src', name, 'index.ts'))

const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, { ...ts.sys })
const program = ts.createProgram(faces, config.options)
const checker = program.getTypeChecker()

const target = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)
const isFunction = (symbol) =>
  symbol.valueDeclaration !== undefined &&
  checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration).getCallSignatures().length > 0
const hasExample = (symbol) => symbol.getJsDocTags(checker).some(({ name }) => name === 'example')
const place = ({ valueDeclaration: node }) => {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart())
  return `${relative(root, node.getSourceFile().fileName)}:${line + 1}`
}

const functions = faces
  .flatMap((face) => {
    const file = program.getSourceFile(face)
    const module = file && checker.getSymbolAtLocation(file)
    if (module === undefined) throw new Error(`${face} is no module`)
    return checker.getExportsOfModule(module).map(target)
  })
  .filter(isFunction)
const missing = functions.filter((symbol) => !hasExample(symbol))
for (const symbol of missing) console.error(`${place(symbol)}: ${symbol.name} has no @example`)
console.log(`${functions.length} public functions, ${missing.length} without an example`)
process.exitCode = missing.length === 0 && functions.length > 0 ? 0 : 1
