// The moves that programs are made of: pieces of code that take values of some shapes and make one. They stand in `moves/*.txt`:
//
//     # name: text, text -> text async
//     code, and behind a line `@top` what must stand at the top level of a file
//
// `$1`, `$2` are the values taken, `$o` the one made, `$d` declares it; `$f $g $h $C $E $F` are names of the top level, `$a $b $c $e`
// local ones, `$m` a variable that may be assigned to, `$w` a word, `$s` the name of a sink, `$?` a condition that nobody knows.
// `$body(a:text)` is filled with further moves that may use `$a`; `$loop` is one that may run several times, `$cb` that of a callback,
// `$fn` and `$afn` those of a function, `$ret` a text of the last of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const SHAPES = ['text', 'record', 'list', 'records', 'pair', 'map', 'thunk', 'promise', 'object'] as const;
export type Shape = (typeof SHAPES)[number];

/**
 * What only some programs can hold: TypeScript, with or without markup. `clean` says that nothing arrives; the run decides. `whole`
 * reads a record without naming a member; a sink that is `whole` does not report such a thing, which is the analyser's decision.
 */
export const FLAGS = ['async', 'ts', 'tsx', 'plain', 'clean', 'whole'] as const;
type Flag = (typeof FLAGS)[number];

export interface Move {
  readonly name: string;
  readonly takes: readonly Shape[];
  readonly makes: Shape | undefined;
  readonly flags: ReadonlySet<Flag>;
  readonly code: string;
  readonly top: string;
}

const HEAD = /^# ([\w-]+): ([\w, ]*)(?:-> (\w+))?((?: \w+)*)$/;

export function parseMoves(text: string, file: string): readonly Move[] {
  return text.split(/^(?=# )/m).filter((part) => part.startsWith('# ')).map((part) => {
    const [head = '', ...lines] = part.trimEnd().split('\n');
    const match = HEAD.exec(head.replace(/ +$/, ''));
    if (match === null) throw new Error(`${file}: "${head}" is no head of a move`);
    const [, name = '', takes = '', made, flags = ''] = match;
    // Where nothing is made, the flags follow what is taken.
    const words = [...takes.split(/[\s,]+/), ...flags.split(' ')].filter((word) => word !== '');
    const at = lines.indexOf('@top');
    return {
      name,
      takes: words.filter(isShape),
      makes: made === undefined ? undefined : shapeOf(made, head),
      flags: new Set(words.filter((word) => !isShape(word)).map((word) => flagOf(word, head))),
      code: lines.slice(0, at < 0 ? undefined : at).join('\n'),
      top: at < 0 ? '' : lines.slice(at + 1).join('\n'),
    };
  });
}

const isShape = (word: string): word is Shape => SHAPES.some((shape) => shape === word);

function shapeOf(word: string, head: string): Shape {
  if (!isShape(word)) throw new Error(`"${head}": ${word} is no shape`);
  return word;
}

function flagOf(word: string, head: string): Flag {
  const flag = FLAGS.find((one) => one === word);
  if (flag === undefined) throw new Error(`"${head}": ${word} is neither shape nor flag`);
  return flag;
}

export function readMoves(folder: string): readonly Move[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort();
  return files.flatMap((file) => parseMoves(readFileSync(join(folder, file), 'utf8'), file));
}
